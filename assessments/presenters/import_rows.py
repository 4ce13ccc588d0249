"""One row of an uploaded document, and the places it can go to, as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms.boundfield import BoundField

from assessments.imports.word.actions import ProposedAction
from assessments.imports.word.building import level_called, proposed_action
from assessments.imports.word.entries import Entry, Part, Role, State, has_a_home
from assessments.imports.word.front_sheet import FIELD
from assessments.imports.word.places import Place, prompt_place, prompts_of, question_place
from assessments.imports.word.splitting import Piece, pieces_of
from assessments.imports.word.telling import FRONT_ROLES, NO_ANSWER, ROLES
from assessments.models import ActionStatus
from assessments.record import CycleRecord, Level

CALLED = {
    Role.LABEL: "Heading or label",
    Role.REF: "Reference",
    Role.PROMPT: "Prompt",
    Role.EVIDENCE: "Evidence",
    Role.ACTION: "Action",
    Role.OWNER: "By whom",
    Role.DUE: "By when",
    Role.STATUS: "Status",
    Role.RATING: "Rating",
    Role.FRONT_ACTIONS: "Actions",
    Role.FRONT_COMMENTS: "Comments",
    Role.UNKNOWN: "Not understood",
}
TAGS = {
    State.PLACED: ("Placed", "done"),
    State.CHECK: ("Check", "waiting"),
    State.TRAY: ("Tray", "late"),
    State.LABEL: ("Label", "new"),
}


@dataclass(frozen=True)
class ShownPart:
    part: Part
    in_tray: bool

    @property
    def name(self) -> str:
        return CALLED[self.part.role]


@dataclass(frozen=True)
class ShownPiece:
    """Of a row that is being split, with the field that says where it goes."""

    piece: Piece
    field: BoundField

    @property
    def name(self) -> str:
        return CALLED[self.piece.role]

    @property
    def said(self) -> str:
        return self.piece.text.strip()


@dataclass(frozen=True)
class ShownText:
    """A text of a row, with the field that says what it is."""

    text: str
    field: BoundField


@dataclass(frozen=True)
class ShownEntry:
    entry: Entry
    edition: CycleRecord

    @property
    def source(self) -> str:
        where = f"Table {self.entry.table}, row {self.entry.row}" if self.entry.table else "Text"
        return f"{where}, split off" if self.entry.split_from else where

    @property
    def tag(self) -> tuple[str, str]:
        return TAGS[self.entry.state]

    @property
    def parts(self) -> list[ShownPart]:
        """Without the labels in it, whose names stand there anyway; see `title`."""
        entry = self.entry
        said = [part for part in entry.parts if part.role != Role.LABEL]
        return [ShownPart(part, entry.outcome(part) == State.TRAY) for part in said]

    @property
    def title(self) -> str:
        """Of a box on the front sheet."""
        labels = self.entry.texts(Role.LABEL)
        return next((each for each in labels if not FIELD.match(each)), "")

    @property
    def shared(self) -> str:
        """What it has in one merged cell with rows above."""
        return ", ".join(CALLED[Role(role)].lower() for role in self.entry.joined)

    @property
    def how_sure(self) -> str:
        entry = self.entry
        if entry.decided_by and not entry.is_for_a_person:
            return f"decided by {entry.decided_by}"
        if not entry.place:
            return ""
        if entry.split_from:
            return "where the row stands that it was split from"
        return f"{entry.score}% alike" if entry.score else "by its order, not its words"

    @property
    def words(self) -> str:
        return " ".join(" ".join(part.text for part in self.entry.parts).split())

    @property
    def where(self) -> str:
        return place_name(self.entry.place) if self.entry.place else ""

    @property
    def asked(self) -> str:
        """The edition's own wording there."""
        return wording(self.edition, self.entry.place) if self.entry.place else ""

    @property
    def can_be_split(self) -> bool:
        return len(pieces_of(self.entry)) > 1

    @property
    def rates(self) -> bool:
        """Whether what it goes to can be rated."""
        entry = self.entry
        return bool(entry.place) and has_a_home(Place.read(entry.place), Role.RATING)

    @property
    def level(self) -> Level | None:
        return level_called(self.edition, self.entry.rating)

    @property
    def action(self) -> ProposedAction | None:
        return proposed_action(self.entry) if self.entry.state != State.LABEL else None

    @property
    def action_says(self) -> str:
        """What was understood of the action, beside its own words."""
        if not (action := self.action):
            return ""
        due = action.due_date.strftime("%-d %B %Y") if action.due_date else action.due_words
        says = [", ".join(action.owners) or "no owner", due or "no date"]
        return "; ".join([*says, ActionStatus(action.status).label.lower()])


def place_name(written: str) -> str:
    place = Place.read(written)
    if place.is_benchmark:
        return f"Front sheet, benchmark {place.benchmark}"
    if place.positions:
        prompts = " and ".join(map(str, place.positions))
        return f"{place.ref}, prompt{'s' * (len(place.positions) > 1)} {prompts}"
    return f"{place.ref} as a whole" if not place.holds_ratings else f"{place.ref}"


def wording(edition: CycleRecord, written: str) -> str:
    place = Place.read(written)
    if place.is_benchmark:
        titles = {each.number: each.short_title for each in edition.benchmarks}
        return titles[place.benchmark]
    question = edition.questions[place.ref]
    prompts = prompts_of(question)
    return " ".join(prompts[each] for each in place.positions) or question.text


def choices(edition: CycleRecord, now: str) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Every place of the edition, question by question; `now`, where it is none of them."""
    front = [
        (str(Place(benchmark=b.number)), f"Benchmark {b.number}: {b.short_title}")
        for b in edition.benchmarks
    ]
    return [("Front sheet", front), *question_choices(edition, now)]


def question_choices(
    edition: CycleRecord, now: str = ""
) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    groups: list[tuple[str, Sequence[tuple[str, str]]]] = []
    for ref, question in edition.questions.items():
        places = [question_place(question)]
        places += [prompt_place(question, position) for position in prompts_of(question)]
        written = [str(place) for place in places]
        if now and now not in written and Place.read(now).ref == ref:
            written.append(now)
        named = [(each, f"{place_name(each)}: {wording(edition, each)}") for each in written]
        groups.append((f"{ref} {question.text}", named))
    return groups


def role_choices(entry: Entry) -> list[tuple[str, str]]:
    """What a text of the row can be where the row goes; and what its texts are now."""
    on_the_front_sheet = entry.place and Place.read(entry.place).is_benchmark
    roles = [*(FRONT_ROLES if on_the_front_sheet else ROLES), *NO_ANSWER]
    roles += [part.role for part in entry.parts]
    names = CALLED | {
        Role.STATUS: "How far the action is",
        Role.PROMPT: "Prompt or question, as the form has it",
        Role.LABEL: "Heading or label: not needed",
        Role.UNKNOWN: "Something else: keep it in the tray",
    }
    return [(role.value, names[role]) for role in dict.fromkeys(roles)]


def said_meanwhile(entry: Entry) -> str:
    """To somebody who decided on the row as it was before."""
    now = f"it goes to {place_name(entry.place)}" if entry.place else "it is in the tray"
    return f"{somebody(entry)} has changed this row meanwhile: {now}. Save again to change that"


def joined_meanwhile(entry: Entry) -> str:
    """To somebody who joins two rows one of which isn't what it was."""
    return (
        f"{somebody(entry)} has changed this row or the one before it meanwhile. "
        "Nothing has been joined: look at both again."
    )


def somebody(entry: Entry) -> str:
    return entry.decided_by or "Somebody"
