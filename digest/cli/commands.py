"""The table of commands: name → module and a line of help. Modules load when they are called."""

from __future__ import annotations

from importlib import import_module

import click

STATE = "Бюлетинът"
STAGE = "Отделни стъпки (без база)"
CARE = "Грижа"

COMMANDS: dict[str, tuple[str, str, str]] = {
    # name: (module:attribute, heading, help)
    "init": ("home:init", STATE, "прави дом: настройки с обяснения и празна база"),
    "demo": ("demo:demo", STATE, "цяла сутрин с примерните статии на продукта"),
    "run": ("morning:run", STATE, "една сутрин: събиране, брой, одобрение по правило, изпращане"),
    "collect": ("morning:collect", STATE, "събира новото от източниците"),
    "build": ("morning:build", STATE, "съставя броя за деня"),
    "approve": ("morning:approve", STATE, "одобрява броя: подписва точните байтове"),
    "queue": ("morning:queue", STATE, "нарежда по една доставка за всеки абонат"),
    "dispatch": ("morning:dispatch", STATE, "изпраща каквото е дошло на ред"),
    "pause": ("stopping:pause", STATE, "спира изпращането на брой"),
    "resume": ("stopping:resume", STATE, "продължава спрян брой"),
    "cancel": ("stopping:cancel", STATE, "отменя неизпратеното от брой"),
    "ledger": ("ledger:ledger", STATE, "отчет: планирано срещу случило се"),
    "lanes": ("lanes:lanes", STATE, "темпото към всеки пощенски доставчик; пуска спрян"),
    "edition": ("edition:edition", STATE, "броеве: списък, преглед, износ, промяна, поправки"),
    "story": ("story:story", STATE, "теми: списък, събиране, отделяне, закачане, спиране, тласък"),
    "preview": ("edition:preview", STATE, "точно байтовете, които биха тръгнали"),
    "test-send": ("edition:test_send", STATE, "пробно писмо по истинския път"),
    "sources": ("sources:sources", STATE, "източници: списък, добавяне, проверка, OPML"),
    "subscribers": ("people:subscribers", STATE, "абонати: списък, внос, износ, изтриване"),
    "inbound": ("people:inbound", STATE, "върнати писма, оплаквания, отписвания по пощата"),
    "editors": ("people:editors", STATE, "хората на редакцията и ролите им"),
    "serve": ("serving:serve", STATE, "сайт, часовник и изпращане в един процес"),
    "web": ("serving:web", STATE, "само сайтът"),
    "scheduler": ("serving:scheduler", STATE, "само часовникът"),
    "worker": ("serving:worker", STATE, "само изпращането (и събирането на части)"),
    "schedule": ("serving:schedule", STATE, "предстоящите стъпки"),
    "feed": ("stages:feed", STAGE, "чете емисия или карта на новини"),
    "extract": ("stages:extract", STAGE, "чист текст и честна дата от страница или свален текст"),
    "cluster": ("stages:cluster", STAGE, "групира статии в теми"),
    "rank": ("ranking:rank", STAGE, "подрежда темите с причини"),
    "summarise": ("stages:summarise", STAGE, "резюмета, всяко изречение с източника си"),
    "check-summary": ("stages:check_summary", STAGE, "проверява резюмета срещу статиите"),
    "render": ("stages:render", STAGE, "писмото, текстът и страницата на един брой"),
    "classify-bounce": ("stages:classify_bounce", STAGE, "какво казва върнато писмо"),
    "settings": ("home:settings", CARE, "какво е зададено и откъде идва"),
    "dkim": ("dkim:dkim", CARE, "подпис на писмата: нов ключ и записът му за DNS"),
    "doctor": ("care:doctor", CARE, "проверява настройки, база, шаблони, пощенски домейн"),
    "db": ("care:db", CARE, "база: обновяване, проверка, копие, връщане"),
    "bench": ("care:bench", CARE, "измервания върху създадени данни"),
}


class Commands(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        found = getattr(import_module(f"digest.cli.{module}"), attribute)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading in (STATE, STAGE, CARE):
            rows = [(name, text) for name, (_, head, text) in COMMANDS.items() if head == heading]
            with formatter.section(heading):
                formatter.write_dl(rows)
