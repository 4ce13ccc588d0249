"""What people decide on the rows of a document: where each goes, what is one row, and what its
texts are."""

from collections.abc import Callable, Mapping

from django.db import transaction

from assessments.imports.word.entries import Entry, Role, as_json
from assessments.imports.word.marks import Mark
from assessments.imports.word.places import Place
from assessments.imports.word.splitting import join, row_before, split
from assessments.imports.word.telling import retell
from assessments.models import DocumentImport, User
from assessments.services.conflicts import StaleSave
from assessments.services.imports import edition_of, entries_of, lock

Change = Callable[[list[Entry], Entry], list[Entry]]


class RowGone(Exception):
    """Somebody has joined it with another one meanwhile."""


def place_row(
    *, document: DocumentImport, row: int, version: int, place: Place | None, by: User
) -> DocumentImport:
    """None: to the tray. Raises RowGone, or StaleSave where somebody has changed the row
    meanwhile."""

    def placed(entries: list[Entry], entry: Entry) -> list[Entry]:
        return [each.sent_to(place, str(by)) if each is entry else each for each in entries]

    return change(document, row, version, placed)


def split_row(
    *,
    document: DocumentImport,
    row: int,
    version: int,
    goes_to: Mapping[int, int],
    cut: str,
    by: User,
) -> DocumentImport:
    """`goes_to`: piece → new row, `cut`: as `splitting` has them. Raises as `place_row` does."""

    def parted(entries: list[Entry], entry: Entry) -> list[Entry]:
        return split(entries, entry, goes_to, str(by), cut)

    return change(document, row, version, parted)


def join_row(
    *,
    document: DocumentImport,
    row: int,
    version: int,
    before: int,
    before_version: int,
    by: User,
) -> DocumentImport:
    """With the row before it, which must still be `before`. Raises as `place_row` does."""
    levels = edition_of(document).levels

    def joined(entries: list[Entry], entry: Entry) -> list[Entry]:
        into = row_before(entries, entry)
        if into is None or (into.number, into.version) != (before, before_version):
            raise StaleSave(into or entry)
        return join(entries, entry, levels, str(by))

    return change(document, row, version, joined)


def retell_row(
    *,
    document: DocumentImport,
    row: int,
    version: int,
    roles: Mapping[int, Role],
    mark: Mark,
    by: User,
) -> DocumentImport:
    """`roles`, `mark`: as `telling` has them. Raises as `place_row` does."""

    def told(entries: list[Entry], entry: Entry) -> list[Entry]:
        return retell(entries, entry, roles, mark, str(by))

    return change(document, row, version, told)


@transaction.atomic
def change(document: DocumentImport, row: int, version: int, how: Change) -> DocumentImport:
    locked = lock(document)
    entries = entries_of(locked)
    entry = next((each for each in entries if each.number == row), None)
    if entry is None:
        raise RowGone
    if entry.version != version:
        raise StaleSave(entry)
    locked.rows = as_json(how(entries, entry))
    locked.save(update_fields=["rows"])
    return locked
