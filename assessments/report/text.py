"""What an officer types into a section, told apart into paragraphs, bullets and sub-headings.

An empty line ends a paragraph. A line that starts with “- ” or “•” is a bullet, one that
starts with “## ” a sub-heading. Anything else is text, as typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

BULLET = re.compile(r"[-•*▪]\s+")
SUBHEADING = "## "
BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Subheading:
    text: str


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]


Typed = Subheading | Words | Points


def typed_blocks(text: str) -> tuple[Typed, ...]:
    return tuple(block for chunk in BLANK.split(text) for block in blocks_in(chunk))


def blocks_in(chunk: str) -> Iterator[Typed]:
    """Of lines with no empty one between them."""
    lines = [line for line in map(str.strip, chunk.split("\n")) if line]
    for kind, run in groupby(lines, kind_of):
        if kind is Subheading:
            yield from (Subheading(line.removeprefix(SUBHEADING).strip()) for line in run)
        elif kind is Points:
            yield Points(tuple(BULLET.sub("", line, count=1) for line in run))
        else:
            yield Words("\n".join(run))


def kind_of(line: str) -> type[Typed]:
    if line.startswith(SUBHEADING):
        return Subheading
    return Points if BULLET.match(line) else Words
