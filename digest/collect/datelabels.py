"""What the words beside a date say of it: published, updated, or the date of something else."""

from __future__ import annotations

import re
from enum import Enum


class Label(Enum):
    """The meaning that a label gives to the date behind it."""

    PUBLISHED = "published"
    UPDATED = "updated"
    FOREIGN = "foreign"
    """A birth, a deadline, a picture, an event: nothing that dates the article."""


_UPDATED = (
    r"(?:пре|до)?(?:обнов\w*|об\.)|актуализ\w*|(?:послед\w*|посл\.)\s+(?:промяна|редакция"
    r"|актуализация|обновяване)|редактиран\w*|променен\w*|промяна|допълнен\w*|upd(?:ated?)?\b"
    r"|last\s+modified|modified|edited|aktualisier\w*|geändert|mis\s+à\s+jour|modifié\w*"
    r"|actuali[zs]\w*|обновлен\w*|изменен\w*|оновлен\w*|ажурирано|aggiornat\w*"
)
_PUBLISHED = (
    r"(?:пре)?публик(?:уван\w*|ация)|публ\.|пуснат\w*|качен\w*|publi(?:shed|cado|cato|é|ziert)\w*"
    r"|posted|created|veröffentlicht|erschienen|опубликован\w*|опубліковано|објављено|објавено"
    r"|дата\s+на\s+публик\w*"
)
_FOREIGN = (
    r"снимк\w*|фото\w*|photo\w*|кадър|архив\w*|роден\w*|почина\w*|починал\w*|раждане|срок\w*"
    r"|начал[ое]|край(?:на|ния|ният)?|кога|валид\w*|печат|събити\w*|концерт\w*|премиера|тел|телефон"
    r"|договор\w*|заповед\w*|решение|писмо|регламент|закон|дв|№|изтича|експортиран\w*|днешна|час\s+и"
)
_ANY = re.compile(
    rf"(?i)(?<![\w№])(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED})|(?P<foreign>{_FOREIGN}))"
    r"(?!\w)|(?P<sign>№)"
)


def label_of(text: str) -> Label | None:
    """The last label that a text holds, None without any: the nearest to a date behind it."""
    last = None
    for match in _ANY.finditer(text):
        last = match
    if last is None:
        return None
    if last["updated"]:
        return Label.UPDATED
    return Label.PUBLISHED if last["published"] else Label.FOREIGN


def without_labels(text: str) -> str:
    """A text less the labels that may stand beside the date of an article."""
    return _ANY.sub(lambda match: match.group() if match["foreign"] else " ", text)
