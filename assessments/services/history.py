"""Who changed what: every write goes through one of these, and none without a person."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from assessments.models import User

Row = TypeVar("Row", bound=models.Model)
LONGEST_SOURCE = 100
SOURCE: ContextVar[str] = ContextVar("source", default="")


@contextmanager
def taken_from(source: str) -> Iterator[None]:
    """Name what a person takes changes from, in the history of all that is written within."""
    token = SOURCE.set(source[:LONGEST_SOURCE])
    try:
        yield
    finally:
        SOURCE.reset(token)


def written_by(row: Row, user: User) -> Row:
    """Name the author of the history row that the next save() or delete() of `row` writes."""
    row._history_user = user  # type: ignore[attr-defined]
    if source := SOURCE.get():
        row._change_reason = source  # type: ignore[attr-defined]
    return row


def update_rows(rows: Sequence[Row], fields: Sequence[str], user: User) -> None:
    """Save `fields` of rows of one model with their history: two queries in all."""
    if rows:
        bulk_update_with_history(
            rows,
            type(rows[0]),
            fields,
            default_user=user,
            default_change_reason=SOURCE.get() or None,
        )


def create_rows(rows: Sequence[Row], user: User) -> None:
    """Insert rows of one model with their history: two queries in all."""
    if rows:
        bulk_create_with_history(
            rows, type(rows[0]), default_user=user, default_change_reason=SOURCE.get() or None
        )


def last_author(row: models.Model) -> tuple[str, datetime.datetime | None]:
    """Who last changed a row, and when. One query."""
    entry = row.history.select_related("history_user").first()  # type: ignore[attr-defined]
    if entry is None:
        return "", None
    return str(entry.history_user or "Somebody who has left"), entry.history_date
