"""The colours of a document as they show: written out, named, of its theme, or in a pattern."""

import colorsys
import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from assessments.imports.word.package import Package
from assessments.imports.word.styles import Styles
from assessments.imports.word.xml import A, W, digits, value_of

WHITE, BLACK = "FFFFFF", "000000"
SHORT = 60  # a rating; the shade of longer text means something else
# Of highlighting; some programs write them for shades, too.
NAMED = {
    "black": BLACK,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkblue": "000080",
    "darkcyan": "008080",
    "darkgray": "808080",
    "darkgreen": "008000",
    "darkmagenta": "800080",
    "darkred": "800000",
    "darkyellow": "808000",
    "green": "00FF00",
    "lightgray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
    "amber": "FFC000",
    "orange": "FFA500",
}
# What elements of a document call colours that the theme calls otherwise.
THEME_NAMES = {
    "background1": "lt1",
    "light1": "lt1",
    "text1": "dk1",
    "dark1": "dk1",
    "background2": "lt2",
    "light2": "lt2",
    "text2": "dk2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedhyperlink": "folHlink",
}


class ShadeReader:
    """A colour as six hexadecimal digits; empty for none, white, black, and what isn't known.

    The colours of a table style are decoration: stripes, headings. No rating is read off them.
    """

    def __init__(self, package: Package, styles: Styles) -> None:
        self.package = package
        self.styles = styles

    def of_cell(self, cell: etree._Element) -> str:
        return meaning(self.shading(cell.find(f"{W}tcPr/{W}shd")))

    def of_text(self, cell: etree._Element, text: str) -> str:
        """Of a short text in the cell, or of its empty lines: one colour for all of it."""
        if len(text) > SHORT:
            return ""
        found = {meaning(shade) for shade in self.shades_within(cell, text)}
        return found.pop() if len(found) == 1 else ""

    def shades_within(self, cell: etree._Element, text: str) -> Iterator[str]:
        is_a_sign = bool(text) and not re.search(r"\w", text)
        for paragraph in cell.iter(f"{W}p"):
            of_line = self.of_properties(paragraph.find(f"{W}pPr"), "pStyle")
            runs = [run for run in paragraph.iter(f"{W}r") if has_text(run)]
            for run in runs:
                properties = run.find(f"{W}rPr")
                of_sign = self.of_letters(properties) if is_a_sign else ""
                yield self.of_properties(properties, "rStyle") or of_line or of_sign
            if not text:
                yield of_line

    def of_properties(self, properties: etree._Element | None, style: str) -> str:
        if properties is None:
            return ""
        highlight = value_of(properties.find(f"{W}highlight"))
        own = NAMED.get(highlight.lower(), "") or self.shading(properties.find(f"{W}shd"))
        named = value_of(properties.find(f"{W}{style}"))
        return own or self.shading(self.styles.first(named, f"{W}pPr/{W}shd", f"{W}rPr/{W}shd"))

    def of_letters(self, properties: etree._Element | None) -> str:
        colour = properties.find(f"{W}color") if properties is not None else None
        return self.colour(colour, "val", "theme", BLACK) if colour is not None else ""

    def shading(self, shade: etree._Element | None) -> str:
        """Two colours, mixed as the pattern says."""
        if shade is None or value_of(shade) == "nil":
            return ""
        share = share_of(value_of(shade))
        behind = self.colour(shade, "fill", "themeFill", WHITE)
        before = self.colour(shade, "color", "theme", BLACK) if share else ""
        return mixed(before, behind, share) if before and behind else behind

    def colour(self, element: etree._Element, plain: str, theme: str, automatic: str) -> str:
        """Of the theme where it is named there: the other is what it was when last saved."""
        name = element.get(f"{W}{theme}") or element.get(f"{W}{theme}Color") or ""
        if found := self.theme.get(THEME_NAMES.get(name.lower(), name)):
            prefix = theme if element.get(f"{W}{theme}Tint") or theme == "themeFill" else "theme"
            tint, shade = (element.get(f"{W}{prefix}{kind}") or "" for kind in ("Tint", "Shade"))
            return toned(found, tint, shade)
        written = (element.get(f"{W}{plain}") or "").removeprefix("#")
        return NAMED.get(written.lower()) or (
            automatic if written == "auto" else hexadecimal(written)
        )

    @cached_property
    def theme(self) -> dict[str, str]:
        root = self.package.theme
        scheme = root.find(f".//{A}clrScheme") if root is not None else None
        if scheme is None:
            return {}
        found = {etree.QName(each).localname: theme_colour(each) for each in scheme}
        return {name: colour for name, colour in found.items() if colour}


def theme_colour(element: etree._Element) -> str:
    for each in element:
        if colour := hexadecimal(each.get("lastClr") or each.get("val") or ""):
            return colour
    return ""


def meaning(colour: str) -> str:
    return "" if colour in (WHITE, BLACK) else colour


def has_text(run: etree._Element) -> bool:
    return any((each.text or "").strip() for each in run.iter(f"{W}t")) or (
        run.find(f"{W}sym") is not None
    )


def hexadecimal(written: str) -> str:
    return written.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", written) else ""


def share_of(pattern: str) -> float:
    """How much of the colour before covers the one behind."""
    if pattern in ("", "clear"):
        return 0
    if pattern.startswith("pct"):
        return min(int(digits(pattern[3:]) or 0), 100) / 100
    return {"solid": 1.0}.get(pattern, 0.25 if pattern.startswith("thin") else 0.5)


def mixed(before: str, behind: str, share: float) -> str:
    pairs = zip(channels(before), channels(behind), strict=True)
    return written_out([share * one + (1 - share) * other for one, other in pairs])


def toned(colour: str, tint: str, shade: str) -> str:
    """Lighter by a tint, darker by a shade: each a byte that says how much of the light stays."""
    hue, light, saturation = colorsys.rgb_to_hls(*channels(colour))
    light *= byte(shade)
    light = light * byte(tint) + 1 - byte(tint)
    return written_out(colorsys.hls_to_rgb(hue, light, saturation))


def byte(written: str) -> float:
    return int(written, 16) / 255 if re.fullmatch(r"[0-9A-Fa-f]{2}", written) else 1


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def written_out(parts: "tuple[float, ...] | list[float]") -> str:
    return "".join(f"{round(min(max(part, 0), 1) * 255):02X}" for part in parts)
