"""Whether receivers can believe the domain of the mail: SPF, DMARC, the names of its addresses.

What Gmail and Yahoo ask of everybody who sends to many, and what others weigh. Yellow is what
makes mail suspect, red what voids a record; DKIM is `signing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.deliver.mail_domain import (
    Spf,
    confirmed,
    dmarc_names,
    dmarc_policy,
    dmarc_records,
    read_spf,
    reverse_name,
    spf_records,
)
from digest.errors import Finding, Unavailable

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.deliver.txt import Ask, Kind

SAMPLES = (
    *("example.bg", "example.com", "example.net", "example.org"),
    *("test", "example", "invalid", "localhost"),
)
"""Domains of examples and of nobody (RFC 2606, 6761): there is nothing to ask about them."""
BY_RULE = {
    "none": "само наблюдава",
    "quarantine": "подозрителното отива при нежеланите",
    "reject": "подозрителното се отказва",
}


def sample(domain: str) -> bool:
    """Whether a domain is one of examples."""
    return any(domain == one or domain.endswith(f".{one}") for one in SAMPLES)


def findings(app: App, ask: Ask | None = None) -> Iterator[Finding]:
    """What the records of the sender's domain come to; nobody is asked about an example."""
    from digest.deliver.txt import ask_dns

    domain = app.settings.masthead().domain
    if ask is None and sample(domain):
        return
    try:
        yield from _asked(domain, ask or ask_dns)
    except Unavailable as error:
        # The rest is not asked for: each question would wait as long.
        yield Finding("yellow", "mail-domain", f"{error.what} {error.why}", error.fix)


def _asked(domain: str, ask: Ask) -> Iterator[Finding]:
    found = spf_records(ask(domain, "TXT"))
    yield _spf(domain, found)
    yield _dmarc(domain, ask)
    if len(found) == 1:
        yield from _names(read_spf(found[0]), ask)


def _spf(domain: str, found: list[str]) -> Finding:
    if not found:
        return Finding(
            "yellow",
            "spf",
            f"Домейнът {domain} няма SPF запис: пощите не знаят кой изпраща от негово име.",
            f"Публикувайте TXT за {domain}: „v=spf1 ip4:АДРЕС -all“ с адреса на своя сървър или "
            "с каквото дава доставчикът ви (include:…).",
        )
    if len(found) > 1:
        return Finding(
            "red",
            "spf",
            f"Домейнът {domain} има {len(found)} SPF записа, затова не важи нито един (RFC 7208).",
            f"Съберете ги в един TXT запис, който започва с „v=spf1“: {' · '.join(found)}.",
        )
    said = read_spf(found[0])
    if said.nobody:
        return Finding(
            "red",
            "spf",
            f"SPF записът на {domain} не позволява на никого да изпраща, и на вас: {found[0]}.",
            "Впишете преди „all“ адреса на своя сървър (ip4:АДРЕС) или доставчика (include:…).",
        )
    if said.vague:
        return Finding(
            "yellow",
            "spf",
            f"SPF записът на {domain} не казва нищо за чуждите сървъри: {found[0]}.",
            "Завършете записа с „-all“ или „~all“.",
        )
    if said.anybody:
        return Finding(
            "yellow",
            "spf",
            f"SPF записът на {domain} позволява на всекиго да изпраща от негово име: {found[0]}.",
            "Сменете „all“ в края на записа с „-all“ или „~all“.",
        )
    return Finding("green", "spf", f"SPF записът на {domain} е „{found[0]}“.")


def _dmarc(domain: str, ask: Ask) -> Finding:
    publish = f"Публикувайте TXT за _dmarc.{domain}: „v=DMARC1; p=none; rua=mailto:АДРЕС“."
    own, *_ = names = dmarc_names(domain)
    for name in names:
        found = dmarc_records(ask(name, "TXT"))
        if len(found) > 1:
            why = f"За {name} има {len(found)} DMARC записа, затова не важи нито един (RFC 7489)."
            return Finding("red", "dmarc", why, "Оставете само единия.")
        if found:
            return _policy(name, found[0], publish, above=name != own)
    why = f"Домейнът {domain} няма DMARC запис, а Gmail и Yahoo го искат от големите податели."
    return Finding("yellow", "dmarc", why, publish)


def _policy(name: str, record: str, publish: str, *, above: bool) -> Finding:
    rule = dmarc_policy(record, above=above)
    if not rule:
        why = f"DMARC записът за {name} не казва правило (p=…) и не важи: {record}."
        return Finding("red", "dmarc", why, publish)
    return Finding("green", "dmarc", f"DMARC записът за {name} е с p={rule}: {BY_RULE[rule]}.")


def _names(spf: Spf, ask: Ask) -> Iterator[Finding]:
    """Of the single addresses in SPF: from those the newsroom itself says that it sends."""
    if spf.addresses:
        yield from (_name(one, ask) for one in spf.addresses)
    elif spf.by_others:
        why = "За обратното име (PTR) отговаря доставчикът, когото SPF включва."
        yield Finding("green", "ptr", why)
    else:
        yield Finding(
            "yellow",
            "ptr",
            "Обратното име (PTR) не е проверено: SPF не назовава отделен адрес.",
            "Впишете адреса на сървъра си в SPF (ip4:АДРЕС) и повторете „digest doctor“.",
        )


def _name(address: str, ask: Ask) -> Finding:
    names = ask(reverse_name(address), "PTR")
    if not names:
        return Finding(
            "yellow",
            "ptr",
            f"Адресът {address} няма обратно име (PTR); Gmail отказва писма от такива.",
            "Поискайте го от доставчика на адреса: да сочи към името на пощенския ви сървър.",
        )
    kind: Kind = "AAAA" if ":" in address else "A"
    if any(confirmed(address, one, lambda name: ask(name, kind)) for one in names):
        return Finding("green", "ptr", f"Адресът {address} е {names[0]} и в двете посоки.")
    return Finding(
        "yellow",
        "ptr",
        f"Адресът {address} се казва {names[0]}, но това име не води обратно към него.",
        f"Публикувайте запис {kind} за {names[0]}: {address}, или поправете обратното име.",
    )
