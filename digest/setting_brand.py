"""The settings of `[brand]`: how the mail looks, refused where it could not be read."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from digest.colours import LEAST, contrast, is_colour
from digest.model import Brand
from digest.setting_texts import BrandTexts


def _readable(colour: str) -> str:
    """A colour that headings can have on white and on the tint; ValueError says what it lacks."""
    if not is_colour(colour):
        raise ValueError(f"„{colour}“ не е цвят във вида #9b1b30")
    worst = min(contrast(colour, ground) for ground in ("#ffffff", "#f7f4ee"))
    if worst < LEAST:
        said, least = (f"{number:.1f}".replace(".", ",") for number in (worst, LEAST))
        raise ValueError(f"„{colour}“ е твърде светъл: контрастът е {said}, нужен е {least}")
    return colour.lower()


Colour = Annotated[str, AfterValidator(_readable)]


def _inside(name: str) -> str:
    """A path below the home; where a link leads is looked at when the file is read."""
    path = PurePosixPath(name.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or PureWindowsPath(name).drive
    if outside or "\x00" in name:
        raise ValueError(f"„{name}“ води извън дома; дайте име на файл в него, например logo.png")
    return name


InHome = Annotated[str, AfterValidator(_inside)]


class BrandColours(BaseModel):
    """How the mail looks; what a colour is in the dark follows from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accent: Colour = "#9b1b30"
    sections: dict[str, Colour] = {}
    """Slug of a section → its colour; a section without one has the accent."""
    footer: str = Field(default="", max_length=300)
    """A sentence of the newsroom's own in the footer of every mail."""
    texts: BrandTexts = BrandTexts()
    logo: InHome = ""
    """A PNG or JPEG in the home, for the masthead of the mail and the archive."""
    pictograms: bool = True
    """Beside the headings of sections, where the mail shows pictures at all."""

    def printed(self) -> Brand:
        """What the templates see of it."""
        sections = tuple(sorted(self.sections.items()))
        return Brand(self.accent, sections, self.footer, self.texts.printed())
