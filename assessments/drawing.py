"""Charts as SVG: the same drawing stands in a page and, as an image, in a PDF.

Colours are attributes and not styles, which the content security policy forbids and an image
would not have. They never stand alone: the word or number is drawn on them, beside its shape.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.record import Decision
from assessments.templatetags.design import PATHS

INK, MUTED, LINE, EDGE = "#0b0c0c", "#47525b", "#c9d0d6", "#6b7780"
FONT = "Arial, Liberation Sans, sans-serif"
SHAPE_UNITS = 16  # the square that the shapes are drawn in


@dataclass(frozen=True)
class Look:
    """How a rating is drawn: `text` is at least 4.5:1 on `fill`."""

    fill: str
    text: str
    edge: str
    shape: str = ""
    dashes: str = ""


# As static/src/_tokens.scss has them.
LEVELS = {
    "red": Look("#b3261e", "#ffffff", "#b3261e", "red"),
    "orange": Look("#f19a5b", "#0b0c0c", "#9c4a12", "orange"),
    "amber": Look("#ffc94d", "#0b0c0c", "#7d5a00", "amber"),
    "green": Look("#0f7a52", "#ffffff", "#0f7a52", "green"),
    "teal": Look("#0e6a73", "#ffffff", "#0e6a73", "teal"),
    "blue": Look("#1a5a96", "#ffffff", "#1a5a96", "blue"),
    "grey": Look("#e1e5e8", "#0b0c0c", "#47525b", "grey"),
}
NOT_APPLICABLE = Look("#e1e5e8", INK, MUTED, "not-applicable")
UNDECIDED = Look("#ffffff", MUTED, EDGE, dashes="3 2")


def look_of(decision: Decision) -> Look:
    if decision.level:
        return LEVELS[decision.level.colour]
    return NOT_APPLICABLE if decision.not_applicable else UNDECIDED


def box(x: float, y: float, width: float, height: float, look: Look) -> str:
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3"'
        f' fill="{look.fill}" stroke="{look.edge}"{dashes}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE) -> str:
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" fill="none" stroke="{colour}"/>'


def shape(name: str, x: float, y: float, size: float, colour: str) -> str:
    """One of the shapes of `templatetags.design`, with its top left corner at x, y."""
    return (
        f'<path transform="translate({x:g} {y:g}) scale({size / SHAPE_UNITS:g})"'
        f' fill="{colour}" fill-rule="evenodd" d="{PATHS[name]}"/>'
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 14,
    colour: str = INK,
    bold: bool = False,
    anchor: str = "",
) -> str:
    """`y`: of the line that the letters stand on; `anchor`: "middle" or "end"."""
    weight = ' font-weight="bold"' if bold else ""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{weight}{placed}>'
        f"{escape(text)}</text>"
    )


def marked_box(
    x: float, y: float, width: float, height: float, look: Look, text: str, *, size: float = 13
) -> str:
    """A box with its shape and its word in the middle."""
    content = box_content(width, height, look, text, size)
    return f'<g transform="translate({x:g} {y:g})">{content}</g>'


@lru_cache(maxsize=1024)
def box_content(width: float, height: float, look: Look, text: str, size: float) -> str:
    """The word alone, or the shape alone, where there is no room for both. Drawn once: a chart
    has many alike."""
    parts = [box(0, 0, width, height, look)]
    mark = size * 0.75
    letters = width_of(text, size, bold=True)
    room = width - 4
    with_shape = bool(look.shape) and letters + mark + 4 <= room
    start = (width - letters - (mark + 4 if with_shape else 0)) / 2
    if with_shape:
        parts.append(shape(look.shape, start, (height - mark) / 2, mark, look.text))
        start += mark + 4
    if letters <= room:
        base = height / 2 + size * 0.36
        parts.append(words(start, base, text, size=size, colour=look.text, bold=True))
    elif look.shape and mark <= room:
        left, top = (width - mark) / 2, (height - mark) / 2
        parts.append(shape(look.shape, left, top, mark, look.text))
    return "".join(parts)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """A guess, rather too wide, so that nothing is cut off."""
    return len(text) * size * (0.6 if bold else 0.55)


@dataclass(frozen=True)
class Drawing:
    """`name` begins the ids of a page's drawings; `title` and `about` are read in its place."""

    name: str
    title: str
    about: str
    width: float
    height: float
    parts: tuple[str, ...]

    @property
    def svg(self) -> SafeString:
        labels = f"{self.name}-title {self.name}-about"
        return mark_safe(  # every text in the parts went through `words`
            f'<svg class="app-drawing" role="img" aria-labelledby="{labels}"{self.frame}>'
            f'<title id="{self.name}-title">{escape(self.title)}</title>'
            f'<desc id="{self.name}-about">{escape(self.about)}</desc>'
            f"{self.content}</svg>"
        )

    @property
    def address(self) -> str:
        """As an image of a PDF, which gives it its text by `alt`."""
        picture = f'<svg xmlns="http://www.w3.org/2000/svg"{self.frame}>{self.content}</svg>'
        return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"

    @property
    def alt(self) -> str:
        return f"{self.title}. {self.about}"

    @property
    def frame(self) -> str:
        size = f"{self.width:g} {self.height:g}"
        lengths = 'width="{}" height="{}"'.format(*size.split())
        return f' viewBox="0 0 {size}" {lengths} font-family="{FONT}"'

    @property
    def content(self) -> str:
        return "".join(self.parts)


def drawn(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for group in groups for part in group)
