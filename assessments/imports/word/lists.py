"""The mark before a list's items, as Word shows it: a bullet, “3.”, “2.1”, “(b)”."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from assessments.imports.word.package import Package
from assessments.imports.word.styles import Styles
from assessments.imports.word.xml import W, digits, value_of

BULLET, INDENT = "• ", "  "
LEVELS = 9
LONGEST = 40  # of what stands around the numbers
ROMAN = [("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50)]
ROMAN += [("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)]


@dataclass(frozen=True)
class Level:
    """`text`: “%1.%2” stands for the numbers of the first level and of the second."""

    kind: str
    text: str
    start: int


class ListReader:
    """Counts on as items are read in order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self.package = package
        self.styles = styles
        self.counts: Counter[tuple[str, int]] = Counter()
        self.begun: set[str] = set()

    def mark(self, paragraph: etree._Element) -> str:
        name, depth = self.list_of(paragraph)
        level = self.levels.get((self.kinds.get(name, ""), depth))
        if name == "0" or level is None or level.kind in ("", "none"):
            return ""
        if level.kind == "bullet":
            return INDENT * depth + BULLET
        self.count(name, depth)
        said = self.numbers(name, level)
        return f"{INDENT * depth}{said} " if said else ""

    def list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list by number, and the level in it: the paragraph's own, else its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is None:
            style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
            own = self.styles.first(style, f"{W}pPr/{W}numPr")
        if own is None:
            return "", 0
        return value_of(own.find(f"{W}numId")), depth_in(value_of(own.find(f"{W}ilvl")))

    def count(self, name: str, depth: int) -> None:
        """Lists of one kind count on from each other, unless one says where it starts."""
        kind = self.kinds[name]
        if name not in self.begun:
            self.begun.add(name)
            for at, start in self.starts.get(name, {}).items():
                first = self.levels.get((kind, at))
                self.counts[kind, at] = start - (first.start if first else 1)
        self.counts[kind, depth] += 1
        for deeper in range(depth + 1, LEVELS):
            self.counts[kind, deeper] = 0

    def numbers(self, name: str, level: Level) -> str:
        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = self.levels.get((self.kinds[name], depth), level)
            counted = max(self.counts[self.kinds[name], depth], 1)
            return formatted(other.start + counted - 1, other.kind)

        return re.sub(r"%([1-9])", number, level.text).strip()

    @cached_property
    def levels(self) -> dict[tuple[str, int], Level]:
        root = self.package.numbering
        return {
            (each.get(f"{W}abstractNumId") or "", depth): level_of(found, depth)
            for each in (() if root is None else root.iterchildren(f"{W}abstractNum"))
            for found in each.iterchildren(f"{W}lvl")
            for depth in [depth_in(found.get(f"{W}ilvl"))]
        }

    @cached_property
    def kinds(self) -> dict[str, str]:
        """List → what it is an instance of."""
        root = self.package.numbering
        lists = () if root is None else root.iterchildren(f"{W}num")
        return {
            each.get(f"{W}numId") or "": value_of(each.find(f"{W}abstractNumId")) for each in lists
        }

    @cached_property
    def starts(self) -> dict[str, dict[int, int]]:
        """List → level → where it starts anew."""
        root = self.package.numbering
        lists = () if root is None else root.iterchildren(f"{W}num")
        return {
            each.get(f"{W}numId") or "": {
                depth_in(found.get(f"{W}ilvl")): int(digits(value_of(start)) or 1)
                for found in each.iterchildren(f"{W}lvlOverride")
                for start in found.iterchildren(f"{W}startOverride")
            }
            for each in lists
        }


def level_of(found: etree._Element, depth: int) -> Level:
    text = found.find(f"{W}lvlText")
    return Level(
        kind=value_of(found.find(f"{W}numFmt")),
        text=f"%{depth + 1}." if text is None else value_of(text)[:LONGEST],
        start=int(digits(value_of(found.find(f"{W}start"))) or 1),
    )


def depth_in(written: str | None) -> int:
    return int(digits(written) or 0) % LEVELS


def formatted(number: int, kind: str) -> str:
    if number > 0 and kind in ("lowerLetter", "upperLetter"):
        # After z come aa, bb and so on.
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, LEVELS)
        return letter.upper() if kind == "upperLetter" else letter
    if number > 0 and kind in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if kind == "upperRoman" else roman(number)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def roman(number: int) -> str:
    written = ""
    for letters, value in ROMAN:
        written += letters * (number // value)
        number %= value
    return written
