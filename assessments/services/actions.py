"""What happens to an action: it is added, changed, progresses, and leaves a question."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    Cycle,
    ProgressUpdate,
    User,
)
from assessments.services.confirm import confirm_links
from assessments.services.conflicts import StaleSave
from assessments.services.history import written_by
from assessments.services.locks import lock_council, lock_cycle, lock_open_cycle
from benchmarks.models import Question

FIELDS = ("text", "status", "due_date", "due_words", "completed_on", "sensitivity")


class Place(NamedTuple):
    """Beside a question, or one prompt of it."""

    question_id: int
    prompt_id: int | None = None


class OwnerInput(NamedTuple):
    """A person, a post or a partner; with `user_id` where they sign in here."""

    name: str
    user_id: int | None = None


@dataclass(frozen=True)
class ActionInput:
    """What a form says of an action. No name twice among its owners. `done`: what was done,
    where the form completes it; becomes a progress update."""

    text: str
    status: str
    due_date: datetime.date | None
    due_words: str
    completed_on: datetime.date | None
    sensitivity: str
    owners: frozenset[OwnerInput]
    places: frozenset[Place]
    done: str = ""

    def says(self, action: Action, cycle: Cycle) -> bool:
        """Reads the action's owners and links: two queries unless prefetched."""
        return (
            all(getattr(self, name) == getattr(action, name) for name in FIELDS)
            and self.owners == {OwnerInput(each.name, each.user_id) for each in action.owners.all()}
            and self.places == places_of(action, cycle)
        )


@dataclass(frozen=True)
class UpdateInput:
    """`completes`: the action is done with it, on the date of the update."""

    dated_on: datetime.date
    quarter: str
    text: str
    next_steps: str
    sensitivity: str
    completes: bool = False

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "completes"}

    def find_in(self, action: Action) -> ProgressUpdate | None:
        return action.updates.filter(**self.words).first()


@transaction.atomic
def add_action(*, cycle: Cycle, action: ActionInput, by: User) -> Action:
    """A form posted twice adds its action once. Raises CycleClosed."""
    lock_council(cycle.council_id)
    lock_open_cycle(cycle.pk)
    if same := find_same(cycle, action):
        return same
    row = Action(council=cycle.council)
    write_fields(row, action, by)
    write_done(row, action, by)
    write_owners(row, action.owners, by)
    write_places(row, cycle, action.places, by)
    return row


def find_same(cycle: Cycle, action: ActionInput) -> Action | None:
    """An action of the cycle that says the very same."""
    alike = cycle.council.actions.in_cycle(cycle).filter(text=action.text)
    rows = alike.prefetch_related("owners", "links")
    return next((row for row in rows if action.says(row, cycle)), None)


@transaction.atomic
def change_action(
    *, cycle: Cycle, action: Action, version: int, change: ActionInput, by: User
) -> Action:
    """A change confirms that it belongs to the cycle. Raises StaleSave where somebody else
    changed or removed it since `version`, and CycleClosed where it would stand elsewhere in a
    cycle that has been signed off."""
    lock_council(cycle.council_id)
    row = cycle.council.actions.filter(pk=action.pk).first()
    if row is None:
        raise StaleSave(None)
    if change.says(row, cycle):
        return row
    if row.version != version:
        raise StaleSave(row)
    if change.places != places_of(row, cycle):
        lock_open_cycle(cycle.pk)
    row.version += 1
    write_fields(row, change, by)
    write_done(row, change, by)
    write_owners(row, change.owners, by)
    write_places(row, cycle, change.places, by)
    confirm_places(row, cycle, by)
    return row


def confirm_places(row: Action, cycle: Cycle, by: User) -> None:
    waiting = [link for link in links_in(row, cycle) if link.to_confirm]
    if waiting and lock_cycle(cycle.pk).is_open:
        confirm_links(waiting, by)


@transaction.atomic
def add_update(*, action: Action, update: UpdateInput, by: User) -> ProgressUpdate:
    """A form posted twice adds its update once."""
    lock_council(action.council_id)
    if same := update.find_in(action):
        return same
    if update.completes:
        complete(Action.objects.get(pk=action.pk), update.dated_on, by)
    return write_update(action, update, by)


def complete(row: Action, on: datetime.date, by: User) -> None:
    """Whoever was first keeps their date."""
    if row.status != ActionStatus.COMPLETED:
        row.status, row.completed_on = ActionStatus.COMPLETED, on
        row.version += 1
        written_by(row, by).save()


def write_update(action: Action, update: UpdateInput, by: User) -> ProgressUpdate:
    row = ProgressUpdate(action=action, author_name=by.name, **update.words)
    written_by(row, by).save()
    return row


def write_done(row: Action, values: ActionInput, by: User) -> None:
    """As readable as the action itself."""
    if values.done and (on := values.completed_on):
        update = UpdateInput(on, quarter_of(on), values.done, "", values.sensitivity)
        write_update(row, update, by)


@transaction.atomic
def remove_action(
    *, cycle: Cycle, action: Action, question: Question | None = None, by: User
) -> None:
    """Take an action from one question, or from the whole cycle. One that then stands
    nowhere, in no cycle, is deleted; its history stays. Raises CycleClosed."""
    lock_council(cycle.council_id)
    lock_open_cycle(cycle.pk)
    links = action.links.filter(cycle=cycle)
    delete_rows(links.filter(question=question) if question else links, by)
    if not action.links.exists():
        delete_rows(action.updates.all(), by)
        delete_rows(action.owners.all(), by)
        delete_rows([action], by)


def write_fields(row: Action, values: ActionInput, by: User) -> None:
    for name in FIELDS:
        setattr(row, name, getattr(values, name))
    written_by(row, by).save()


def write_owners(row: Action, owners: frozenset[OwnerInput], by: User) -> None:
    now = {OwnerInput(owner.name, owner.user_id): owner for owner in row.owners.all()}
    delete_rows([owner for key, owner in now.items() if key not in owners], by)
    for key in sorted(owners - now.keys(), key=lambda each: each.name):
        written_by(ActionOwner(action=row, **key._asdict()), by).save()


def write_places(row: Action, cycle: Cycle, places: frozenset[Place], by: User) -> None:
    now = {Place(link.question_id, link.prompt_id): link for link in links_in(row, cycle)}
    delete_rows([link for place, link in now.items() if place not in places], by)
    for place in sorted(places - now.keys(), key=lambda each: (each[0], each[1] or 0)):
        written_by(ActionLink(action=row, cycle=cycle, **place._asdict()), by).save()


def delete_rows(
    rows: Iterable[Action | ActionLink | ActionOwner | ProgressUpdate], by: User
) -> None:
    """One by one, so that the history says who did it."""
    for row in rows:
        written_by(row, by).delete()


def links_in(action: Action, cycle: Cycle) -> list[ActionLink]:
    return [link for link in action.links.all() if link.cycle_id == cycle.pk]


def places_of(action: Action, cycle: Cycle) -> frozenset[Place]:
    return frozenset(Place(link.question_id, link.prompt_id) for link in links_in(action, cycle))


def quarter_of(date: datetime.date) -> str:
    """Of the financial year, which begins in April: “Q3 2025/26”."""
    year = date.year if date.month > 3 else date.year - 1
    return f"Q{(date.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02}"
