"""The rows of an uploaded document as a person reviews them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile

from django.core.paginator import Page, Paginator

from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, State, Sum, sum_of
from assessments.imports.word.splitting import row_before
from assessments.models import DocumentImport
from assessments.presenters.import_rows import ShownEntry
from assessments.record import CycleRecord
from assessments.services.imports import edition_of, entries_of, to_check

ROWS_A_PAGE = 50
FILTERS = {State.CHECK: "To check", State.TRAY: "Tray", State.PLACED: "Placed"}


@dataclass(frozen=True)
class Makes:
    """What a cycle made of the document would hold."""

    statements: int
    actions: int
    ratings: int
    unrated: int


def makes_of(record: CycleRecord) -> Makes:
    questions = record.questions.values()
    answers = [answer.decision for each in questions for answer in each.answers]
    decisions = answers + [each.decision for each in record.benchmarks]
    return Makes(
        statements=sum(len(each.statements) for each in questions),
        actions=len(record.actions),
        ratings=sum(each.is_decided for each in decisions),
        unrated=sum(not each.is_decided for each in answers),
    )


class Review:
    """Without a query once the edition has been read."""

    def __init__(
        self, document: DocumentImport, *, show: str = "", page: str | None = None
    ) -> None:
        self.document = document
        self.entries = entries_of(document)
        self.show = show if show in FILTERS else ""
        self.number = page

    @cached_property
    def edition(self) -> CycleRecord:
        return edition_of(self.document)

    @cached_property
    def sum(self) -> Sum:
        return sum_of(self.entries, self.document.characters)

    @property
    def to_check(self) -> int:
        return to_check(self.entries)

    @cached_property
    def makes(self) -> Makes:
        return makes_of(build_record(self.edition, self.entries))

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """Address, name, and how many rows."""
        counts = {each: sum(e.state == each for e in self.entries) for each in FILTERS}
        rows = [(each.value, name, counts[each]) for each, name in FILTERS.items()]
        return [("", "Everything", len(self.entries)), *rows]

    @cached_property
    def page(self) -> Page[Entry]:
        found = [e for e in self.entries if self.show in ("", e.state)]
        return Paginator(found, ROWS_A_PAGE).get_page(self.number)

    @property
    def rows(self) -> list[ShownEntry]:
        return [ShownEntry(entry, self.edition) for entry in self.page.object_list]

    def entry(self, number: int) -> Entry | None:
        return next((each for each in self.entries if each.number == number), None)

    def shown(self, entry: Entry) -> ShownEntry:
        return ShownEntry(entry, self.edition)

    def before(self, entry: Entry) -> ShownEntry | None:
        """The row that it can be joined with."""
        found = row_before(self.entries, entry)
        return self.shown(found) if found else None

    def place_of_next(self, after: int) -> str:
        """The query and anchor of the next row to check; after the last, of the first."""
        passed = list(dropwhile(lambda each: each.number != after, self.entries))
        waiting = [each for each in (*passed[1:], *self.entries) if each.is_for_a_person]
        return self.place_of(waiting[0].number if waiting else after)

    def place_of(self, number: int) -> str:
        """Its query and anchor."""
        order = [each.number for each in self.entries].index(number)
        return f"?page={order // ROWS_A_PAGE + 1}#row-{number}"

    @property
    def onwards(self) -> str:
        """From this page to a row to check on another one; empty where there is none."""
        here = {each.number for each in self.page.object_list}
        if not self.page.object_list or not any(
            each.is_for_a_person and each.number not in here for each in self.entries
        ):
            return ""
        return self.place_of_next(self.page.object_list[-1].number)


def in_tray(documents: Iterable[DocumentImport]) -> list[tuple[DocumentImport, list[ShownEntry]]]:
    """Rows that hold anything which found no place, document by document."""
    return [
        (each, [shown for shown in all_shown(each) if shown.entry.left_over]) for each in documents
    ]


def all_shown(document: DocumentImport) -> list[ShownEntry]:
    edition = edition_of(document)
    return [ShownEntry(entry, edition) for entry in entries_of(document)]
