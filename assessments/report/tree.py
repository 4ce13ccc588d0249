"""A committee report as plain typed data, in reading order: the one thing that every format draws.

Words, numbers and order are settled here, so that the PDF, the Word file and the web version
can't disagree; a format decides only how they look. Nothing here knows the database or a
snapshot: `report_writing` makes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from assessments.exports.logo import Logo

# [words that say where it leads](https://…), or an address alone.
LINK = re.compile(
    r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)"
    r"|((?:https?://|(?<![\w.@/-])www\.)[^\s<>()]+[^\s<>().,;:!?])"
)
SCHEME = re.compile("^https?://")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*")
LONGEST_ADDRESS = 2_000  # Word takes a document for broken that has a longer one


@dataclass(frozen=True)
class Link:
    words: str
    address: str


Run = str | Link


def runs(text: str) -> tuple[Run, ...]:
    """The text with its links told apart. Anything but http and https stays text, and so does
    an address that leads nowhere."""
    found: list[Run] = []
    end = 0
    for match in LINK.finditer(text):
        words, address, alone = match.groups()
        if alone:
            address = f"https://{alone}" if alone.startswith("www.") else alone
        if is_web_address(address):
            found.append(text[end : match.start()])
            found.append(Link(words or SCHEME.sub("", alone).rstrip("/"), address))
            end = match.end()
    found.append(text[end:])
    return tuple(run for run in found if run)


def is_web_address(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return HOST.fullmatch(host) is not None and len(address) <= LONGEST_ADDRESS


@dataclass(frozen=True)
class Heading:
    """`level` 2 is a section, 3 a part of one. `key` is unique in the report: an anchor.
    `marking`: as of a paragraph."""

    text: str
    level: int
    key: str
    number: str = ""
    marking: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`number` as printed, such as 2.3.1. `lead` stands in bold before the text. `marking`
    names the restriction of a text that this reader may read; `withheld` is the line in
    place of one that they may not."""

    text: tuple[Run, ...]
    number: str = ""
    lead: str = ""
    marking: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[tuple[Run, ...], ...]
    marking: str = ""


@dataclass(frozen=True)
class Rated:
    """A rating in word, shape and colour: never one alone. `colour` is a token such as green;
    empty where nothing is rated."""

    label: str
    shape: str = ""
    colour: str = ""

    @property
    def mark(self) -> str:
        return f"{self.shape} {self.label}".strip()


Cell = str | Rated


@dataclass(frozen=True)
class Column:
    """`width` in hundredths of the table's."""

    heading: str
    width: int


@dataclass(frozen=True)
class Table:
    """The first cell of each row is its heading. `source` says which snapshot it is from."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One benchmark on the front sheet."""

    title: str
    rating: Rated
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class FrontSheet:
    """Set in two columns, read down the first and then the second."""

    caption: str
    entries: tuple[Entry, ...]
    source: str = ""

    @property
    def columns(self) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        half = (len(self.entries) + 1) // 2
        return self.entries[:half], self.entries[half:]


Block = Heading | Paragraph | Bullets | Table | FrontSheet


@dataclass(frozen=True)
class Identity:
    """Who publishes. `contact`: whom to ask for the report in another format."""

    council: str
    address: str = ""
    contact: str = ""
    accent_colour: str = "#12436d"
    logo: Logo | None = None


@dataclass(frozen=True)
class Report:
    """`facts` are the rows of the table at its head; `publicity` the line under it; `marking`
    the protective marking, where the council uses one; `version` such as “Draft 3”."""

    identity: Identity
    title: str
    committee: str
    facts: tuple[Line, ...]
    publicity: str
    version: str
    blocks: tuple[Block, ...]
    marking: str = ""
    is_draft: bool = False
    is_public: bool = True
    footer: str = ""

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
