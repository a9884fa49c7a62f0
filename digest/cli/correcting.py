"""`digest edition correct`, `digest edition corrections`, `digest edition withdraw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import as_person
from digest.render.correction import day

if TYPE_CHECKING:
    from digest.actions.correcting import Standing
    from digest.model import Correction

WORDS = {
    "correction": ("Поправка", "Correction"),
    "edition": ("Брой", "Edition"),
    "story": ("Новина", "Story"),
    "headline": ("Заглавие", "Headline"),
    "said": ("Писахме", "We wrote"),
    "right": ("Вярното е", "The truth is"),
    "at": ("Кога", "When"),
    "by": ("От кого", "By"),
    "notice": ("Писмо", "Letter"),
    "planned": ("До получатели", "Recipients"),
    "printed_in": ("Отпечатана в", "Printed in"),
}


@click.command(
    epilog="Пример: digest edition correct 2026-11-23 --story s12 "
    '--said "Мостът се отваря в събота." --right "Мостът се отваря в неделя." --as a@b.bg'
)
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--story", metavar="НОМЕР", help="Коя новина; без това – целият брой.")
@click.option("--said", required=True, metavar="ТЕКСТ", help="Какво писахме, до 300 знака.")
@click.option("--right", required=True, metavar="ТЕКСТ", help="Какво е вярното, до 500 знака.")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой поправя.")
@click.option("--notify", is_flag=True, help="Писмо до всички, получили броя.")
@common
def correct(
    call: Call,
    edition_id: str,
    story: str | None,
    said: str,
    right: str,
    by: str,
    *,
    notify: bool,
) -> None:
    """Поправя изпратен брой, без да променя изпратеното.

    Архивът показва поправката веднага, следващият брой я отпечатва. Черновата, ако вече е
    съставена, я поема като нова редакция. С --notify получилите броя, които още са абонирани,
    получават и писмо, всеки точно веднъж; то тръгва с „digest dispatch“.
    """
    from digest.actions.correcting import correct as put_right
    from digest.actions.notifying import notify as write_to_all
    from digest.actions.reviewing import allowed

    app, person = call.app(), as_person(by)
    if notify:
        allowed(app, person, "approve")  # before the correction is kept, not after it
    one = put_right(app, edition_id, story, said=said, right=right, by=person)
    found = facts(one)
    if notify:
        sent = write_to_all(app, one.id, by=person)
        found |= {"notice": sent.notice, "planned": sent.planned}
    say.result(call, found, WORDS)


@click.command(epilog="Пример: digest edition corrections 2026-11-23 --json")
@click.argument("edition_id", metavar="БРОЙ", required=False)
@common
def corrections(call: Call, edition_id: str | None) -> None:
    """Поправките на броя или на всички броеве и къде са отпечатани."""
    from digest.actions.correcting import standing

    found = standing(call.app(), edition_id)
    if call.json:
        for one in found:
            say.line(facts(one.correction) | _since(one))
        return
    none = (
        "Няма поправки. Поправка се прави с „digest edition correct“.",
        "No corrections. „digest edition correct“ makes one.",
    )
    heads = ("Поправка", "Брой", "Писахме", "Вярното е", "Отпечатана в")
    say.listing(call, heads, [_row(one) for one in found], none)


@click.command(epilog="Пример: digest edition withdraw k1f2e3d4c5b6a --as a@b.bg")
@click.argument("correction", metavar="ПОПРАВКА")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой оттегля.")
@common
def withdraw(call: Call, correction: str, by: str) -> None:
    """Оттегля поправка, преди одобрен брой да я е отпечатал."""
    from digest.actions.correcting import withdraw as take_back

    say.result(call, facts(take_back(call.app(), correction, by=as_person(by))), WORDS)


def facts(one: Correction) -> dict[str, object]:
    """A correction as docs/formats.md describes its line."""
    return {
        "correction": one.id,
        "edition": one.edition_id,
        "story": one.story_id,
        "headline": one.headline,
        "said": one.said,
        "right": one.right,
        "at": one.at.isoformat(),
        "by": one.by,
    }


def _since(one: Standing) -> dict[str, object]:
    """What has become of a correction."""
    sent = one.notified
    letter = {"planned": sent.planned, "accepted": sent.accepted} if sent else None
    return {"printed_in": one.printed_in, "notified": letter}


def _row(one: Standing) -> tuple[str, ...]:
    told = one.correction
    return (
        told.id, day(told.date), told.said, told.right, one.printed_in or "още не е",
    )  # fmt: skip
