"""Who changed what: every write goes through one of these, and none without a person."""

import datetime
from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from assessments.models import User

Row = TypeVar("Row", bound=models.Model)


def written_by(row: Row, user: User) -> Row:
    """Name the author of the history row that the next save() or delete() of `row` writes."""
    row._history_user = user  # type: ignore[attr-defined]
    return row


def update_rows(rows: Sequence[Row], fields: Sequence[str], user: User) -> None:
    """Save `fields` of rows of one model with their history: two queries in all."""
    if rows:
        bulk_update_with_history(rows, type(rows[0]), fields, default_user=user)


def create_rows(rows: Sequence[Row], user: User) -> None:
    """Insert rows of one model with their history: two queries in all."""
    if rows:
        bulk_create_with_history(rows, type(rows[0]), default_user=user)


def last_author(row: models.Model) -> tuple[str, datetime.datetime | None]:
    """Who last changed a row, and when. One query."""
    entry = row.history.select_related("history_user").first()  # type: ignore[attr-defined]
    if entry is None:
        return "", None
    return str(entry.history_user or "Somebody who has left"), entry.history_date
