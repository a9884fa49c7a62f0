"""The sandbox of a newsroom's own templates: looked at when they are read, bounded when filled.

jinja2's sandbox keeps a template from the machine, not from running without end. Here loops and
calls are counted, large numbers refused, and every text that is printed, joined or filtered is
charged to one budget, so that a text that doubles itself ends as well. Steps are counted, not
seconds: the same template is refused on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from digest.render.tags import InBulgarian, refuse_bad

MOST_STEPS = 50_000
"""Turns of loops and calls of one filling: sixty stories take about 800."""
MOST_TIMES = 10_000
"""The largest number in a product or a power; a mail has no use for more."""
MOST_ARGUMENT = 100_000
"""The largest number that a call or a filter is given: jinja2's own limit of `range`."""
MOST_TEXT = 20_000_000
"""Characters and items that one filling may handle; a mail of sixty stories takes some 330,000."""

TOO_LONG = "образецът се върти твърде дълго"
TOO_LARGE = "числото е твърде голямо"
TOO_MUCH_TEXT = "образецът прави твърде дълъг текст"


class TooMuch(SecurityError, InBulgarian):
    """The template asks for more than a mail can need."""


class OwnLoader(FileSystemLoader):
    """Own templates; a tag that MJML does not know or a raw „<“ is a fault with its line."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, fresh = super().get_source(environment, template)
        if environment.autoescape and not template.endswith(".css"):
            # What is no template at all says so when it is compiled.
            refuse_bad(source, template, filename)
        return source, filename, fresh


class Bounded(ImmutableSandboxedEnvironment):
    """A sandbox that stops: `MOST_STEPS` and `MOST_TEXT` for all that one environment fills."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**", "%", "+"})  # type: ignore[misc]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, finalize=self._printed)
        self._left = MOST_STEPS
        self._room = MOST_TEXT
        self._macros: dict[str, int] = {}
        self.globals.pop("lipsum", None)
        for name in ("center", "format", "indent"):
            # Each can make a text as long as a number says.
            self.filters.pop(name, None)
        self.filters = {name: self._watched(name, one) for name, one in self.filters.items()}
        self.filters |= {"_counted": self._counted, "_joined": self._joined}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            size = [nodes.Const(_static(loop.body), lineno=loop.lineno)]
            loop.iter = _filter(loop.iter, "_counted", size)
        for macro in tree.find_all(nodes.Macro):
            self._macros[macro.name] = _static(macro.body)
        _Joins().visit(tree)
        return tree

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Every call of a template comes through here: macros, blocks of a loop, methods."""
        self._step()
        _refuse_large(*args, *kwargs.values())
        if isinstance(obj, Macro):
            self._charge(self._macros.get(obj.name, 0))
        elif isinstance(text := getattr(obj, "__self__", None), str):
            self._charge(len(text) + _grown(getattr(obj, "__name__", ""), text, args))
        made = super().call(context, obj, *args, **kwargs)
        self._charge(_size(made))
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Products, powers and „%“ of small numbers only; sums and products of texts charged."""
        if operator == "%" and isinstance(left, str):
            raise TooMuch("изразът „%“ не е разрешен за текст")
        if operator == "+":
            self._charge(_size(left) + _size(right))
        else:
            if any(isinstance(one, int | float) and abs(one) > MOST_TIMES for one in (left, right)):
                raise TooMuch(TOO_LARGE)
            times = [one for one in (left, right) if isinstance(one, int)] or [1]
            self._charge((_size(left) + _size(right)) * abs(times[0]))
        return super().call_binop(context, operator, left, right)

    def _watched(self, name: str, one: Callable[..., Any]) -> Callable[..., Any]:
        """A filter whose numbers are small, and whose texts are charged before and after."""

        # `wraps` keeps the marks by which jinja2 knows that a filter wants its context.
        @wraps(one)
        def watched(*args: Any, **kwargs: Any) -> Any:
            given = args[1:] if hasattr(one, "jinja_pass_arg") else args
            _refuse_large(*given[1:], *kwargs.values())
            if given:
                self._charge(_size(given[0]) + _grown(name, given[0], given[1:]))
            made = one(*args, **kwargs)
            self._charge(_size(made))
            return made

        return watched

    def _printed(self, value: Any) -> Any:
        self._charge(_size(value))
        return value

    def _joined(self, parts: list[Any]) -> str:
        """What „~“ does, charged."""
        self._charge(sum(_size(one) for one in parts))
        return markup_join(parts) if self.autoescape else str_join(parts)

    def _counted(self, items: Iterable[Any], size: int) -> Iterator[Any]:
        """The items, a step each; `size` characters of the loop stand in the template itself."""
        for one in items:
            self._step()
            self._charge(size)
            yield one

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch(TOO_LONG)

    def _charge(self, characters: int) -> None:
        self._room -= characters
        if self._room < 0:
            raise TooMuch(TOO_MUCH_TEXT)


class _Joins(NodeTransformer):
    """Turns „a ~ b“ into a filter: the operator itself cannot be intercepted."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - jinja2's name
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), "_joined", [])


def _filter(node: nodes.Node, name: str, args: Sequence[nodes.Expr]) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def _static(body: list[nodes.Node]) -> int:
    """Characters that stand in a body as they will be printed."""
    return sum(len(one.data) for part in body for one in part.find_all(nodes.TemplateData))


def _size(value: Any) -> int:
    """Characters of a text, items of a list; 0 of anything else."""
    return len(value) if isinstance(value, str | bytes | list | tuple | dict | range) else 0


def _grown(name: str, value: Any, args: tuple[Any, ...]) -> int:
    """How long `replace` and `join` will make it, before they do."""
    texts = [one for one in args if isinstance(one, str)]
    if name == "replace" and len(texts) > 1:
        return str(value).count(texts[0]) * len(texts[1])
    if name == "join":
        longest = max((_size(one) for one in (value, *args)), default=0)
        least = min((_size(one) for one in (value, *args)), default=0)
        return longest * least if args else 0
    return 0


def _refuse_large(*values: Any) -> None:
    if any(isinstance(one, int | float) and abs(one) > MOST_ARGUMENT for one in values):
        raise TooMuch(TOO_LARGE)
