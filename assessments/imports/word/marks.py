"""Ratings as documents show them: a word, a letter, a shade, a tick in one of three columns."""

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.imports.word.wording import plain
from assessments.record import Level

NOT_APPLICABLE = {"n a", "na", "not applicable", "n a not applicable"}
NOTHING = {"none", "nil", "no action", "no actions", "no action required", "none required"}
NOTHING |= {"no further action", "no further action required", "none identified"}
TICK = re.compile(r"\A[✓✔☑☒✗✘xX√•*]\Z|\A(yes|y)\Z", re.IGNORECASE)
# Between which hues, in degrees, a shade is which colour.
HUES = [("red", 345, 361), ("red", 0, 16), ("amber", 16, 68), ("green", 68, 170)]
# How strong a colour must be to say anything: where a rating is expected, the palest of Word's
# own palette; across a row, what is no stripe of a table.
PALE, STRONG = 0.08, 0.15
BOX = re.compile(r"\s*([☐☒☑✓✔✗])\s*")


@dataclass(frozen=True)
class Mark:
    rating: str = ""
    not_applicable: bool = False

    def __bool__(self) -> bool:
        return bool(self.rating) or self.not_applicable


def says_nothing(text: str) -> bool:
    """An action cell that says there is none; a dash does, too."""
    return plain(text) in NOTHING | NOT_APPLICABLE or not plain(text)


def is_tick(text: str) -> bool:
    return bool(TICK.match(text.strip()))


def mark_in(text: str, levels: Iterable[Level]) -> Mark:
    """A level's label or number, its first letter where no other begins with it."""
    words = plain(ticked_in(text))
    if words in NOT_APPLICABLE:
        return Mark(not_applicable=True)
    found = [
        level.slug
        for level in levels
        if words in {plain(level.label), plain(level.slug), initial(level, levels)}
        or words == f"rag {plain(level.label)}"
        or words == f"{plain(level.label)} {plain(level.label)}"
    ]
    return Mark(found[0]) if len(found) == 1 else Mark()


def is_empty_box(text: str) -> bool:
    return text.strip() in ("☐", "□", "[ ]", "[]")


def ticked_in(text: str) -> str:
    """Of “☐ Red ☒ Amber” the one that is ticked, its box before it or behind; else the text."""
    before, *rest = BOX.split(text)
    boxes, words = rest[::2], rest[1::2]
    if "☐" not in boxes or len(boxes) - boxes.count("☐") != 1:
        return text
    at = next(index for index, box in enumerate(boxes) if box != "☐")
    return [before, *words][at] if before.strip() else words[at]


def initial(level: Level, levels: Iterable[Level]) -> str | None:
    letters = [plain(each.label)[:1] for each in levels]
    own = plain(level.label)[:1]
    return own if letters.count(own) == 1 else None


def mark_of_shade(fill: str, levels: Iterable[Level], least: float = PALE) -> Mark:
    colour = colour_of(fill, least)
    found = [level.slug for level in levels if level.colour == colour]
    return Mark(found[0]) if len(found) == 1 else Mark()


def colour_of(fill: str, least: float) -> str:
    """red, amber or green; empty for greys, blues, and tints too pale to mean anything."""
    if not re.fullmatch(r"[0-9A-F]{6}", fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < least or value < 0.3:
        return ""
    return next((name for name, low, high in HUES if low <= hue * 360 < high), "")
