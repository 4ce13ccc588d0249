"""The record of a cycle from entries that a person has reviewed."""

import dataclasses
from collections.abc import Iterable, Sequence

from assessments.imports.word.actions import ProposedAction, propose
from assessments.imports.word.entries import Entry, Role, State
from assessments.imports.word.marks import says_nothing
from assessments.imports.word.places import Place
from assessments.imports.word.wording import plain
from assessments.record import (
    Action,
    Answer,
    Benchmark,
    CycleRecord,
    Decision,
    Level,
    Link,
    Owner,
    Question,
    Statement,
    Text,
)


def build_record(edition: CycleRecord, entries: Sequence[Entry]) -> CycleRecord:
    """Everything placed; what is in the tray stays out. Rows still to check count as in it."""
    return Builder(edition, entries).build()


def proposed_action(entry: Entry) -> ProposedAction | None:
    """None where the cell is empty or says “None”."""
    text = said(entry, Role.ACTION)
    beside = {
        "owner": said(entry, Role.OWNER),
        "due": said(entry, Role.DUE),
        "status": said(entry, Role.STATUS),
    }
    if not text:
        return nameless_action(entry.text(Role.ACTION), beside.values())
    return propose(text, **beside)


def said(entry: Entry, role: Role) -> str:
    """Without a “None” or “N/A”."""
    return "\n".join(text for text in entry.texts(role) if not says_nothing(text))


def nameless_action(nothing: str, beside: Iterable[str]) -> ProposedAction | None:
    """Of the words beside a cell that is empty or says that there is none."""
    words = [each for each in beside if each]
    return propose("\n".join(filter(None, [nothing, *words]))) if words else None


class Builder:
    def __init__(self, edition: CycleRecord, entries: Sequence[Entry]) -> None:
        self.edition = edition
        self.placed = [entry for entry in entries if entry.state == State.PLACED]
        self.levels = {level.slug: level for level in edition.levels}
        self.places = {entry.number: Place.read(entry.place) for entry in self.placed}
        self.sharing: dict[tuple[int, str], list[Place]] = {}
        for entry in self.placed:
            for role, number in entry.joined.items():
                self.sharing.setdefault((number, role), []).append(self.places[entry.number])

    def build(self) -> CycleRecord:
        benchmarks = tuple(self.benchmark(each) for each in self.edition.benchmarks)
        return dataclasses.replace(self.edition, benchmarks=benchmarks, actions=self.actions())

    def benchmark(self, blank: Benchmark) -> Benchmark:
        front = [e for e in self.placed if self.places[e.number].benchmark == blank.number]
        return dataclasses.replace(
            blank,
            decision=self.decided(front).of_benchmark,
            actions=joined_text(front, Role.FRONT_ACTIONS),
            comments=joined_text(front, Role.FRONT_COMMENTS),
            questions=tuple(self.question(each) for each in blank.questions),
        )

    def question(self, blank: Question) -> Question:
        here = [entry for entry in self.placed if self.places[entry.number].ref == blank.ref]
        return dataclasses.replace(
            blank,
            answers=tuple(self.answer(each, here) for each in blank.answers),
            statements=tuple(self.statement(e) for e in here if e.text(Role.EVIDENCE)),
        )

    def answer(self, blank: Answer, entries: Sequence[Entry]) -> Answer:
        about = [
            entry
            for entry in entries
            for place in self.covered(entry, Role.RATING)
            if blank.position in (place.positions or (0,)) and place.holds_ratings
        ]
        return dataclasses.replace(blank, decision=self.decided(about))

    def decided(self, entries: Sequence[Entry]) -> Decision:
        """Where several rows rate the same thing, the lowest."""
        levels = [self.levels[e.rating] for e in entries if e.rating in self.levels]
        if levels:
            return Decision(level=min(levels, key=lambda level: level.rank))
        return Decision(not_applicable=any(entry.not_applicable for entry in entries))

    def statement(self, entry: Entry) -> Statement:
        covered = self.covered(entry, Role.EVIDENCE)
        whole = any(not place.positions for place in covered)
        positions = {position for place in covered for position in place.positions}
        return Statement(Text(entry.text(Role.EVIDENCE)), () if whole else tuple(sorted(positions)))

    def covered(self, entry: Entry, role: Role) -> list[Place]:
        """The entry's place and those of rows that its merged cell goes on into, as long as
        they are still in the same question."""
        own = self.places[entry.number]
        shared = self.sharing.get((entry.number, role.value), [])
        return [own, *(place for place in shared if place.ref == own.ref)]

    def actions(self) -> tuple[Action, ...]:
        """The same action in two places is one with two links."""
        found: dict[tuple[str, ...], tuple[ProposedAction, dict[Link, None]]] = {}
        for entry in self.placed:
            action = None if self.places[entry.number].is_benchmark else proposed_action(entry)
            if action:
                owners = map(plain, action.owners)
                key = (plain(action.text), *owners, action.due_words, str(action.due_date))
                links = found.setdefault(key, (action, {}))[1]
                links.update(dict.fromkeys(self.links(entry)))
        return tuple(
            action_of(number, action, tuple(links))
            for number, (action, links) in enumerate(found.values(), start=1)
        )

    def links(self, entry: Entry) -> Iterable[Link]:
        for place in self.covered(entry, Role.ACTION):
            for position in place.positions or (0,):
                yield Link(place.ref, position)


def action_of(number: int, action: ProposedAction, links: tuple[Link, ...]) -> Action:
    return Action(
        number=number,
        text=Text(action.text),
        status=action.status,
        owners=tuple(Owner(Text(name)) for name in action.owners),
        due_date=action.due_date,
        due_words=Text(action.due_words),
        completed_on=None,
        links=links,
    )


def joined_text(entries: Iterable[Entry], role: Role) -> Text:
    return Text("\n".join(text for entry in entries for text in entry.texts(role)))


def level_called(edition: CycleRecord, slug: str) -> Level | None:
    return next((level for level in edition.levels if level.slug == slug), None)
