"""One table in the document is one table in the PDF's structure, however many pages it takes.

WeasyPrint tags the part of a table on each page as a table of its own, so a screen reader
would announce a new table, and half a row, on every page. Runs on its objects just before
they are written, which costs next to nothing; reading the file again would cost as much as
writing it.
"""

from collections.abc import Iterator
from typing import Any

from pydyf import Dictionary
from weasyprint.formatting_structure import boxes

Element = Any  # a structure element: a pydyf.Dictionary with S, K and P


def join_tables(document: Any, pdf: Any) -> None:
    """A WeasyPrint `finisher`."""
    joiner = TableJoiner(pdf)
    for page in document.pages:
        for table in tables_in(page._page_box):
            joiner.add(table)
    Structure(pdf).leave_out_the_rest()


def tables_in(box: Any) -> Iterator[Any]:
    waiting = [box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.TableBox):
            yield box
        elif isinstance(box, boxes.ParentBox):
            waiting += reversed(box.children)


class TableJoiner:
    """Moves the rows of a table's later parts into its first part.

    A row or cell is known again on the next page by its HTML element.
    """

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.bodies: dict[Any, Element] = {}
        self.rows: set[Any] = set()
        self.cells: dict[Any, Element] = {}

    def add(self, table: Any) -> None:
        cells = [
            (group, row, cell)
            for group in table.children
            for row in group.children
            for cell in row.children
        ]
        body = next(self.parent(self.parent(c.mark)) for g, _, c in cells if not g.is_header)
        first = self.bodies.setdefault(table.element, body)
        if first is not body:
            detach(self.pdf, self.parent(body))
        for group, row, cell in cells:
            if group.is_header:
                cell.mark["A"]["Scope"] = "/Column"
            elif first is not body and row.element not in self.rows:
                attach(self.parent(cell.mark), first)
            self.place(cell, row)

    def place(self, cell: Any, row: Any) -> None:
        """Into its row; the rest of a cell begun on the page before, into that cell."""
        cell.mark.pop("ID", None)  # columns have a scope instead
        cell.mark["A"].pop("Headers", None)
        self.rows.add(row.element)
        begun = self.cells.setdefault(cell.element, cell.mark)
        if begun is not cell.mark:
            for reference in cell.mark["K"]:
                attach(referred(self.pdf, reference), begun)

    def parent(self, element: Element) -> Element:
        return referred(self.pdf, element["P"])


class Structure:
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = referred(pdf, pdf.catalog["StructTreeRoot"])

    def leave_out_the_rest(self) -> None:
        """What the tree no longer holds, and never held, is decoration of the page: repeated
        headings of tables, and what stands in the margins."""
        kept = self.kept()
        nums = referred(self.pdf, self.root["ParentTree"])["Nums"]
        pages = [self.pdf.objects[number] for number in self.pdf.pages["Kids"][::3]]
        for page, elements in zip(pages, nums[1::2], strict=False):
            decoration = {n for n, element in enumerate(elements) if number(element) not in kept}
            make_artifacts(referred(self.pdf, page["Contents"]), decoration)
            for place in decoration:
                elements[place] = "null"

    def kept(self) -> set[int]:
        found: set[int] = set()
        waiting = list(self.root["K"])
        while waiting:
            reference = waiting.pop()
            if isinstance(reference, bytes):
                found.add(number(reference))
                waiting += self.pdf.objects[number(reference)].get("K", ())
        return found


def make_artifacts(stream: Any, marks: set[int]) -> None:
    content = stream.stream
    for place, item in enumerate(content):
        if isinstance(item, Dictionary) and item.get("MCID") in marks:
            content[place - 1] = "/Artifact"
            content[place] = Dictionary({"Type": "/Pagination"})


def detach(pdf: Any, element: Element) -> None:
    referred(pdf, element["P"])["K"].remove(element.reference)


def attach(element: Element, parent: Element) -> None:
    if element.reference not in parent["K"]:
        parent["K"].append(element.reference)
        element["P"] = parent.reference


def referred(pdf: Any, reference: bytes) -> Element:
    return pdf.objects[number(reference)]


def number(reference: bytes) -> int:
    return int(reference.split(b" ", 1)[0])
