"""A PDF as a screen reader meets it: by its structure, not by where ink lies on the page."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pdfplumber
import pikepdf


@dataclass
class Tagged:
    """A structure element with all the text in it, from whichever pages."""

    kind: str
    text: str = ""
    children: list["Tagged"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def all(self, kind: str) -> Iterator["Tagged"]:
        for child in self.children:
            if child.kind == kind:
                yield child
            yield from child.all(kind)


def structure(data: bytes) -> Tagged:
    marked = marked_text(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        return tagged(pdf.Root.StructTreeRoot.K[0], marked, pages, None)


@lru_cache(maxsize=4)
def letters(data: bytes) -> tuple[tuple[int, int | None, str], ...]:
    """Page, mark and letter of all that is drawn. Finding them takes longer than anything that
    is then looked for, so it is done once for each file."""
    with pdfplumber.open(io.BytesIO(data)) as readable:
        return tuple(
            (number, char["mcid"], char["text"])
            for number, page in enumerate(readable.pages)
            for char in page.chars
        )


def marked_text(data: bytes) -> dict[tuple[int, int], str]:
    """(page, mark) → its letters in the order they were written."""
    found: dict[tuple[int, int], list[str]] = {}
    for page, mark, letter in letters(data):
        if mark is not None:
            found.setdefault((page, mark), []).append(letter)
    return {mark: "".join(parts) for mark, parts in found.items()}


def tagged(
    element: Any, marked: dict[tuple[int, int], str], pages: dict[Any, int], page: int | None
) -> Tagged:
    if "/Pg" in element:
        page = pages[element.Pg.objgen]
    found = Tagged(str(element.S)[1:])
    if "/A" in element and "/Scope" in element.A:
        found.attributes["Scope"] = str(element.A.Scope)
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            assert page is not None
            found.text += marked.get((page, kid), "")
        elif "/S" in kid:
            child = tagged(kid, marked, pages, page)
            found.children.append(child)
            found.text += child.text
    return found


def squeezed(text: str) -> str:
    """Line ends and the space that wrapping adds or takes don't count."""
    return re.sub(r"\s+", "", text)


def all_text(data: bytes) -> str:
    """Everything that is drawn, the margins too."""
    return "".join(letter for _, _, letter in letters(data))
