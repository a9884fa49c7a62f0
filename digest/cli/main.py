"""The door of the command line: one place that turns errors into words and exit codes."""

from __future__ import annotations

import logging
import os
import sys

import click

from digest import __version__
from digest.cli import say
from digest.cli.call import Call, group_options, merged
from digest.cli.commands import Commands
from digest.cli.exits import RUN_FAILED, WRONG_CALL, exit_code
from digest.errors import DigestError


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog="Пример: digest demo",
)
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
@group_options
@click.pass_context
def program(ctx: click.Context, /, **words: object) -> None:
    """Новинарски бюлетин: от източниците до писмо, което всеки получава точно веднъж."""
    merged(ctx, Call(**words))  # type: ignore[arg-type]


# No plugin of pydantic is used; looking for them costs a fifth of a second at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main(args: list[str] | None = None) -> None:
    """Runs the program and exits with the contract's codes; never a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _log_to_stderr()
    sys.exit(_run(args))


def _run(args: list[str] | None) -> int:
    wanted_json = "--json" in (args if args is not None else sys.argv[1:])
    try:
        code = program.main(args, standalone_mode=False)
    except DigestError as error:
        say.failure(error, json_too=wanted_json)
        return exit_code(error)
    except click.exceptions.NoArgsIsHelpError as error:
        say.note(error.format_message())
        return WRONG_CALL
    except click.UsageError as error:
        say.note(_usage(error))
        return WRONG_CALL
    except (click.Abort, KeyboardInterrupt):
        say.note("Прекъснато.")
        return RUN_FAILED
    except BrokenPipeError:
        # The reader of our output went away (`digest … | head`): nothing is wrong here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say.failure(_disk(error), json_too=wanted_json)
        return RUN_FAILED
    except Exception as error:
        # The outermost place: whatever nobody foresaw is still said in words, and logged whole.
        logging.getLogger("digest").debug("unforeseen", exc_info=True)
        say.failure(_unforeseen(error), json_too=wanted_json)
        return RUN_FAILED
    return code if isinstance(code, int) else 0


def _usage(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "digest"
    return f"{_words(error)}\n  Какво да направите: вижте „{where} --help“."


def _words(error: click.UsageError) -> str:
    """The complaint of click in Bulgarian; one that is not foreseen keeps its own words."""
    if isinstance(error, click.NoSuchOption):
        return f"Няма ключ „{error.option_name}“."
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        if error.param and error.param.param_type_name == "option":
            name = "/".join(error.param.opts)
        return f"Липсва {name}."
    if isinstance(error, click.BadParameter) and error.param:
        kind = error.param.type
        allowed = (
            f": допустими са {', '.join(kind.choices)}" if isinstance(kind, click.Choice) else ""
        )
        return f"Стойността на {'/'.join(error.param.opts)} не е приемлива{allowed}."
    if error.message.startswith("No such command"):
        return f"Няма такава команда: {error.message.partition(' command ')[2]}"
    if "unexpected extra argument" in error.message:
        return f"Излишна дума: {error.message.partition('(')[2].rstrip(').')}."
    return error.format_message()


def _disk(error: OSError) -> DigestError:
    return DigestError(
        f"Операционната система отказа: {error.strerror or error}.",
        f"Файл: {error.filename or 'не е посочен'}.",
        "Проверете свободното място, правата и пътя, после повторете.",
    )


def _unforeseen(error: Exception) -> DigestError:
    return DigestError(
        "Вътрешна грешка: командата не можа да завърши.",
        f"Причина: {type(error).__name__}: {str(error)[:200]}.",
        "Повторете с DIGEST_LOG=DEBUG пред командата и изпратете изхода на поддръжката.",
    )


def _log_to_stderr() -> None:
    level = os.environ.get("DIGEST_LOG", "WARNING").upper()
    logging.basicConfig(
        stream=sys.stderr,
        level=level if level in logging.getLevelNamesMapping() else "WARNING",
        format="%(levelname)s %(name)s: %(message)s",
    )
