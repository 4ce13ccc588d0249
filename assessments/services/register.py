"""Changes of many actions of the register at once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments.models import Action, ActionOwner, Council, User
from assessments.services.actions import OwnerInput
from assessments.services.history import create_rows, update_rows, written_by
from assessments.services.locks import lock_council


@dataclass(frozen=True)
class Given:
    """`left`: actions that somebody changed or removed since they were picked."""

    given: int
    left: tuple[int, ...]


@transaction.atomic
def give_owner(
    *, council: Council, picked: Mapping[int, int], owner: OwnerInput, instead: bool, by: User
) -> Given:
    """To actions picked with their versions; `instead` of the owners they have."""
    lock_council(council.pk)
    rows = as_picked(council, picked)
    changed = [row for row in rows if hand_over(row, owner, instead, by)]
    for row in changed:
        row.version += 1
    new = [row for row in changed if owner not in owners_of(row)]
    create_rows([ActionOwner(action=row, **owner._asdict()) for row in new], by)
    update_rows(changed, ["version"], by)
    return outcome(rows, picked)


@transaction.atomic
def give_date(
    *, council: Council, picked: Mapping[int, int], due_date: datetime.date, by: User
) -> Given:
    """To actions picked with their versions, in place of a date or words they have."""
    lock_council(council.pk)
    rows = as_picked(council, picked)
    changed = [row for row in rows if row.due_date != due_date]
    for row in changed:
        row.due_date, row.due_words = due_date, ""
        row.version += 1
    update_rows(changed, ["due_date", "due_words", "version"], by)
    return outcome(rows, picked)


def as_picked(council: Council, picked: Mapping[int, int]) -> list[Action]:
    """Those that still stand as they did when they were picked. Two queries."""
    rows = council.actions.filter(pk__in=picked).prefetch_related("owners")
    return [row for row in rows if row.version == picked[row.pk]]


def owners_of(row: Action) -> list[OwnerInput]:
    return [OwnerInput(each.name, each.user_id) for each in row.owners.all()]


def hand_over(row: Action, owner: OwnerInput, instead: bool, by: User) -> bool:
    """Whether the action changes; the owners that it loses are gone then. One who stands there
    by the same name without an account makes way, too."""
    old = [
        each
        for each in row.owners.all()
        if OwnerInput(each.name, each.user_id) != owner and (instead or each.name == owner.name)
    ]
    for each in old:
        written_by(each, by).delete()
    return bool(old) or owner not in owners_of(row)


def outcome(rows: list[Action], picked: Mapping[int, int]) -> Given:
    return Given(len(rows), tuple(sorted(picked.keys() - {row.pk for row in rows})))
