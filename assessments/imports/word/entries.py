"""What one row of the source holds and where it goes: kept as JSON while a person reviews it."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from assessments.imports.word.marks import says_nothing
from assessments.imports.word.places import Place


class Role(StrEnum):
    LABEL = "label"  # headings and column names: understood, and no answer
    REF = "ref"
    PROMPT = "prompt"
    EVIDENCE = "evidence"
    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    RATING = "rating"
    FRONT_ACTIONS = "front actions"
    FRONT_COMMENTS = "front comments"
    UNKNOWN = "not understood"


class State(StrEnum):
    LABEL = "label"
    PLACED = "placed"
    CHECK = "check"
    TRAY = "tray"


# Once their row has its place these have said all they had to say.
ASKED = {Role.LABEL, Role.REF, Role.PROMPT}
# What a text of a question is called on the front sheet.
THERE = {Role.EVIDENCE: Role.FRONT_COMMENTS, Role.ACTION: Role.FRONT_ACTIONS}
BACK = {there: role for role, there in THERE.items()}
OF_AN_ACTION = {Role.ACTION, Role.OWNER, Role.DUE, Role.STATUS}


@dataclass(frozen=True)
class Part:
    role: Role
    text: str


@dataclass(frozen=True)
class Entry:
    """`number` names it for good: rows split off get the next ones, wherever they stand.
    `joined`: role → the entry above whose merged cell covers this row as well. `proposed` is
    where the matching put it, `place` where it goes now; `rating` is a level's slug.
    `decided_by`: who changed it last; `split_from`: the row it was part of; `took_in`: the
    highest number of those joined with it, which no other row may get."""

    number: int
    table: int
    row: int
    parts: tuple[Part, ...]
    state: State = State.TRAY
    place: str = ""
    proposed: str = ""
    score: int = 0
    rating: str = ""
    not_applicable: bool = False
    joined: dict[str, int] = field(default_factory=dict)
    decided_by: str = ""
    version: int = 0
    split_from: int = 0
    took_in: int = 0

    def texts(self, *roles: Role) -> list[str]:
        return [part.text for part in self.parts if part.role in roles]

    def text(self, *roles: Role) -> str:
        return "\n".join(self.texts(*roles))

    @property
    def is_for_a_person(self) -> bool:
        return self.state == State.CHECK

    @property
    def is_label(self) -> bool:
        return self.state == State.LABEL

    @property
    def is_in_tray(self) -> bool:
        return self.state == State.TRAY

    def sent_to(self, place: Place | None, by: str) -> "Entry":
        """As decided by a person; None: to the tray."""
        state = State.PLACED if place else State.TRAY
        return dataclasses.replace(
            self,
            parts=as_held(self.parts, place),
            place=str(place or ""),
            state=state,
            decided_by=by,
            version=self.version + 1,
        )

    def outcome(self, part: Part) -> State:
        """Where the part's characters are counted."""
        if part.role == Role.LABEL or self.is_label:
            return State.LABEL
        if self.state == State.TRAY or part.role == Role.UNKNOWN:
            return State.TRAY
        if part.role in ASKED or (part.role in OF_AN_ACTION and says_nothing(part.text)):
            return State.LABEL
        if not has_a_home(Place.read(self.place), part.role):
            return State.TRAY
        return self.state

    @property
    def left_over(self) -> list[Part]:
        return [part for part in self.parts if self.outcome(part) == State.TRAY]


def has_a_home(place: Place, role: Role) -> bool:
    """A benchmark holds what a front sheet says; a question or prompt everything else."""
    if place.is_benchmark:
        return role == Role.RATING or role in BACK
    return role not in BACK and (role != Role.RATING or place.holds_ratings)


def as_held(parts: tuple[Part, ...], place: Place | None) -> tuple[Part, ...]:
    """Evidence is a comment on the front sheet, and a comment evidence below a question."""
    if place is None:
        return parts
    called = THERE if place.is_benchmark else BACK
    return tuple(Part(called.get(part.role, part.role), part.text) for part in parts)


@dataclass(frozen=True)
class Sum:
    """Characters, spaces not counted."""

    document: int
    placed: int
    check: int
    labels: int
    tray: int

    @property
    def comes_out(self) -> bool:
        return self.document == self.placed + self.check + self.labels + self.tray


def characters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def sum_of(entries: Iterable[Entry], document: int) -> Sum:
    """`document`: the characters that were read, counted before anything was matched."""
    found = dict.fromkeys(State, 0)
    for entry in entries:
        for part in entry.parts:
            found[entry.outcome(part)] += characters(part.text)
    return Sum(
        document,
        placed=found[State.PLACED],
        check=found[State.CHECK],
        labels=found[State.LABEL],
        tray=found[State.TRAY],
    )


def as_json(entries: Sequence[Entry]) -> Any:
    return msgspec.to_builtins(entries)


def from_json(stored: Any) -> list[Entry]:
    return msgspec.convert(stored, list[Entry])
