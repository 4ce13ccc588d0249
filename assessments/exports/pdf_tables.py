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
    joined: dict[Any, JoinedTable] = {}
    for page in document.pages:
        for part in tables_in(page._page_box):
            if part.element not in joined:
                joined[part.element] = JoinedTable(pdf, part)
            joined[part.element].add(part)
    Structure(pdf).leave_out_the_rest()


def tables_in(box: Any) -> Iterator[Any]:
    waiting = [box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.TableBox):
            yield box
        elif isinstance(box, boxes.ParentBox):
            waiting += reversed(box.children)


class JoinedTable:
    """Takes the rows of a table's later parts into its first part.

    A row or cell begun on the page before is known again by its HTML element. A cell's `mark`
    is its structure element, which stands in TR, in THead or TBody, in Table.
    """

    def __init__(self, pdf: Any, first: Any) -> None:
        self.pdf = pdf
        self.table = self.table_of(first)
        self.head: Element = None
        self.body: Element = None
        self.rows: set[Any] = set()
        self.cells: dict[Any, Element] = {}

    def add(self, part: Any) -> None:
        if (table := self.table_of(part)) is not self.table:
            self.parent(table)["K"].remove(table.reference)
        for group in part.children:
            for row in group.children:
                for cell in row.children:
                    name_by_scope(cell)
                    add = self.add_heading if group.is_header else self.add_cell
                    add(row, cell)

    def add_heading(self, row: Any, cell: Any) -> None:
        """Of the first part that has headings: where they are repeated they are decoration."""
        head = self.parent(self.parent(cell.mark))
        if self.head is None:
            self.head = head
            if head.reference not in self.table["K"]:
                self.table["K"].insert(0, head.reference)
                head["P"] = self.table.reference

    def add_cell(self, row: Any, cell: Any) -> None:
        line = self.parent(cell.mark)
        self.body = self.body or self.parent(line)
        if row.element not in self.rows:
            self.rows.add(row.element)
            self.move(line, self.body)
        begun = self.cells.setdefault(cell.element, cell.mark)
        if begun is not cell.mark:
            for reference in cell.mark["K"]:
                self.move(referred(self.pdf, reference), begun)

    def move(self, element: Element, parent: Element) -> None:
        if element.reference not in parent["K"]:
            parent["K"].append(element.reference)
            element["P"] = parent.reference

    def table_of(self, part: Any) -> Element:
        cell = part.children[0].children[0].children[0].mark
        return self.parent(self.parent(self.parent(cell)))

    def parent(self, element: Element) -> Element:
        return referred(self.pdf, element["P"])


def name_by_scope(cell: Any) -> None:
    """In place of lists of headings at each cell, which hold for one page's part only."""
    cell.mark.pop("ID", None)
    cell.mark["A"].pop("Headers", None)
    if cell.mark["S"] == "/TH":
        heads_row = cell.element.attrib.get("scope") == "row"
        cell.mark["A"]["Scope"] = "/Row" if heads_row else "/Column"


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


def referred(pdf: Any, reference: bytes) -> Element:
    return pdf.objects[number(reference)]


def number(reference: bytes) -> int:
    return int(reference.split(b" ", 1)[0])
