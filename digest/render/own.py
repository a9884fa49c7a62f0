"""The sandbox of a newsroom's own templates: looked at when they are read, bounded when filled.

jinja2's sandbox keeps a template from the machine, not from running without end. Loops and calls
are counted here and large products refused; text that doubles itself again and again is not: a
home's folder belongs to the newsroom, and this guards against slips, not against its owner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.render.tags import InBulgarian, refuse_bad

MOST_STEPS = 50_000
"""Turns of loops and calls of one filling: sixty stories take about 1,000."""
MOST_TIMES = 10_000
"""The largest number in a product or a power; a mail has no use for more."""

TOO_LONG = "образецът се върти твърде дълго"


class TooMuch(SecurityError, InBulgarian):
    """The template asks for more than a mail can need."""


class OwnLoader(FileSystemLoader):
    """Own templates; a tag that MJML does not know or a raw „<“ is a fault with its line."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, fresh = super().get_source(environment, template)
        if environment.autoescape:
            # What is no template at all says so when it is compiled.
            refuse_bad(source, template, filename)
        return source, filename, fresh


class Bounded(ImmutableSandboxedEnvironment):
    """A sandbox that stops: `MOST_STEPS` for all that one environment fills."""

    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"*", "**", "%"})  # type: ignore[misc]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._left = MOST_STEPS
        self.filters["_counted"] = self._counted
        self.globals.pop("lipsum", None)
        for name in ("center", "format", "indent"):
            # Each can make a text as long as a number says.
            self.filters.pop(name, None)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Every call of a template comes through here: macros, blocks of a loop, methods."""
        self._step()
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Products, powers and „%“, of small numbers only."""
        if operator == "%" and isinstance(left, str):
            raise TooMuch("изразът „%“ не е разрешен за текст")
        if any(isinstance(one, int | float) and abs(one) > MOST_TIMES for one in (left, right)):
            raise TooMuch("числото е твърде голямо")
        return super().call_binop(context, operator, left, right)

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for one in items:
            self._step()
            yield one

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch(TOO_LONG)
