"""Where what a cycle holds goes on another edition. Pure: rows in, a plan out.

The same plan is previewed, counted and written, so that what a person saw is what happens.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any

from assessments.models import ActionStatus, BenchmarkAssessment
from assessments.ratings import listed
from assessments.record_rows import CycleContents

LONGEST = 20_000  # characters of a text
BETWEEN = "\n\n"
NO_COUNTERPART = "the new edition has no such prompt to give it to"
RATING_STAYS = "it explains a rating, and ratings are shown beside, not converted"


class Kind(Enum):
    """Of a text, in words for one and for several. ANSWER: a rating with what was said of it."""

    ANSWER = "answer", "answers"
    EVIDENCE = "evidence text", "evidence texts"
    DOCUMENT = "document", "documents"
    ACTION = "action", "actions"
    ACTIONS_LINE = "actions line", "actions lines"
    COMMENTS_LINE = "comments line", "comments lines"
    REASON = "reason", "reasons"

    def counted(self, count: int) -> str:
        return f"{count} {self.value[count != 1]}"


@dataclass(frozen=True)
class Link:
    """What became of some benchmarks; no `targets`: they were dropped, and `note` says where
    they are dealt with."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    relation: str
    note: str = ""


# By the primary keys of the two editions that a mapping joins.
Mappings = Mapping[tuple[int, int], tuple[Link, ...]]


def links_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    return tuple(
        Link(tuple(row["from"]), tuple(row["to"]), row["relation"], row.get("note", ""))
        for row in rows
    )


def sources_of(links: Iterable[Link], number: int) -> list[int]:
    """The old benchmarks that a new one came from."""
    return sorted({old for each in links if number in each.targets for old in each.sources})


@dataclass(frozen=True)
class Place:
    """A question of an edition, by its benchmark's number; no ref: the judgement."""

    number: int
    ref: str

    def origin(self, period: str) -> str:
        """“benchmark 6, question 6.2 of 2024/25”."""
        place = f", question {self.ref}" if self.ref else ""
        return f"benchmark {self.number}{place} of {period}"


@dataclass(frozen=True)
class Spot:
    """Where in the new edition something goes, and from where. `covers`: positions of prompts."""

    question_id: int
    came_from: Place
    prompt_id: int | None = None
    covers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A text of the old cycle, with the row that holds it.

    `number` and `ref`: its benchmark and question; no ref: of the judgement. `targets`: the new
    benchmarks that it goes to; none: it stays behind, and `why` says why. `spots`: where in these
    it goes; none: to the first question as a whole.
    """

    kind: Kind
    number: int
    ref: str
    texts: tuple[str, ...]
    row: Any
    targets: tuple[int, ...] = ()
    why: str = ""
    spots: tuple[Spot, ...] = ()

    @property
    def characters(self) -> int:
        return sum(map(len, self.texts))

    @property
    def place(self) -> Place:
        return Place(self.number, self.ref)


@dataclass(frozen=True)
class Plan:
    """`ratings`: the judgements whose rating comes along too, by the new benchmark's number."""

    period: str
    links: tuple[Link, ...]
    pieces: tuple[Piece, ...]
    ratings: Mapping[int, BenchmarkAssessment] = field(default_factory=dict)

    @property
    def carried(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.targets]

    @property
    def left_behind(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.targets]

    def going_to(self, number: int, *kinds: Kind) -> list[Piece]:
        return [
            each
            for each in self.pieces
            if number in each.targets and (not kinds or each.kind in kinds)
        ]

    def sources_of(self, number: int) -> list[int]:
        return sources_of(self.links, number)

    @cached_property
    def digest(self) -> str:
        """Changes with anything that the plan would write or leave."""
        said = [(p.kind.name, p.place, p.texts, p.targets, p.spots) for p in self.pieces]
        answers = [piece.row for piece in self.pieces if piece.kind is Kind.ANSWER]
        rated = sorted((number, row.rating_id) for number, row in self.ratings.items())
        return hashlib.sha256(repr((self.links, said, answers, rated)).encode()).hexdigest()


def characters(pieces: Iterable[Piece]) -> int:
    return sum(piece.characters for piece in pieces)


class Planner:
    """`places`: by the primary key of each question of the old edition. `numbers`: of the old
    benchmarks by primary key. `same_scale`: whether both cycles are rated on one scale."""

    def __init__(
        self,
        contents: CycleContents,
        links: Sequence[Link],
        *,
        places: Mapping[int, Place],
        numbers: Mapping[int, int],
        same_scale: bool,
    ) -> None:
        self.contents, self.links = contents, tuple(links)
        self.places, self.numbers, self.same_scale = places, numbers, same_scale

    def plan(self) -> Plan:
        ratings = dict(self.ratings())
        pieces = [
            *self.evidence(),
            *self.documents(),
            *self.actions(),
            *self.judgements({row.pk for row in ratings.values()}),
            *self.reasons(),
        ]
        return Plan(self.contents.cycle.period, self.links, tuple(pieces), ratings)

    def targets(self, number: int) -> tuple[int, ...]:
        return tuple(
            dict.fromkeys(t for each in self.links if number in each.sources for t in each.targets)
        )

    def sent(self, piece: Piece) -> Piece:
        """On its way, or with the note on what was dropped."""
        if targets := self.targets(piece.number):
            return replace(piece, targets=targets)
        notes = (each.note for each in self.links if piece.number in each.sources)
        return replace(piece, why=" ".join(filter(None, notes)))

    def piece(self, kind: Kind, question_id: int, row: Any, *texts: str) -> Piece:
        place = self.places[question_id]
        return Piece(kind, place.number, place.ref, texts, row)

    def stood(self, piece: Piece, spot: Spot) -> Piece:
        """On its way, from where it stood in the old edition."""
        return self.sent(piece)

    def evidence(self) -> Iterator[Piece]:
        for row in self.contents.statements:
            piece = self.piece(Kind.EVIDENCE, row.question_id, row, row.text)
            yield self.stood(piece, Spot(row.question_id, piece.place, covers=tuple(row.covers)))

    def documents(self) -> Iterator[Piece]:
        for row in self.contents.documents:
            texts = (row.title, row.url, row.reference)
            piece = self.piece(Kind.DOCUMENT, row.question_id, row, *texts)
            yield self.stood(piece, Spot(row.question_id, piece.place))

    def actions(self) -> Iterator[Piece]:
        """Each once, from where it stands first; it goes wherever any of its places goes."""
        seen: dict[int, Piece] = {}
        for link in self.contents.links:
            action = self.contents.actions[link.action_id].action
            piece = self.piece(Kind.ACTION, link.question_id, action, action.text)
            if action.status == ActionStatus.COMPLETED:
                piece = replace(piece, why="completed")
            else:
                piece = self.stood(piece, Spot(link.question_id, piece.place, link.prompt_id))
            seen[link.action_id] = joined(seen.get(link.action_id), piece)
        yield from seen.values()

    def ratings(self) -> Iterator[tuple[int, BenchmarkAssessment]]:
        """Of benchmarks that stayed the same, on the same scale."""
        if not self.same_scale:
            return
        for row in self.contents.assessments:
            target = self.same.get(self.numbers[row.benchmark_id])
            if target is not None and row.says_something:
                yield target, row

    @cached_property
    def same(self) -> dict[int, int]:
        """The old benchmarks that one new one took over from alone, unchanged."""
        same = [(x.sources[0], x.targets[0]) for x in self.links if x.relation == "same"]
        taken = [target for each in self.links for target in each.targets]
        return {old: new for old, new in same if taken.count(new) == 1}

    def judgements(self, rated: set[int]) -> Iterator[Piece]:
        """Lines that meet in one benchmark are joined as long as they fit into one text."""
        room: dict[tuple[Kind, int], int] = {}
        rows = {self.numbers[row.benchmark_id]: row for row in self.contents.assessments}
        for number, row in sorted(rows.items()):
            lines = {Kind.ACTIONS_LINE: row.actions, Kind.COMMENTS_LINE: row.comments}
            for kind, text in lines.items():
                if text:
                    yield fitted(self.sent(Piece(kind, number, "", (text,), row)), room)
            if row.reason:
                piece = Piece(Kind.REASON, number, "", (row.reason,), row)
                yield self.sent(piece) if row.pk in rated else replace(piece, why=RATING_STAYS)

    def reasons(self) -> Iterator[Piece]:
        for row in self.contents.answers:
            if row.reason:
                piece = self.piece(Kind.REASON, row.question_id, row, row.reason)
                yield replace(piece, why=NO_COUNTERPART)


def joined(first: Piece | None, other: Piece) -> Piece:
    """One action at two places."""
    if first is None:
        return other
    if not first.targets:
        return other if other.targets else first
    spots = {(each.question_id, each.prompt_id): each for each in first.spots}
    for each in other.spots:
        spots.setdefault((each.question_id, each.prompt_id), each)
    targets = dict.fromkeys([*first.targets, *other.targets])
    return replace(first, targets=tuple(targets), spots=tuple(spots.values()))


def fitted(piece: Piece, room: dict[tuple[Kind, int], int]) -> Piece:
    """Without the benchmarks whose line has no room left. `room`: what each has taken up."""
    fits = []
    for target in piece.targets:
        taken = room.get((piece.kind, target))
        length = piece.characters if taken is None else taken + len(BETWEEN) + piece.characters
        if length <= LONGEST:
            room[piece.kind, target] = length
            fits.append(target)
    if piece.targets and not fits:
        return replace(piece, targets=(), why="too long to stand in one line with another")
    return replace(piece, targets=tuple(fits))


def origins(pieces: Sequence[Piece], period: str) -> str:
    """“benchmark 6 of 2024/25”, “benchmarks 6 and 8 of 2024/25”."""
    numbers = sorted({piece.number for piece in pieces})
    word = "benchmark" if len(numbers) == 1 else "benchmarks"
    return f"{word} {listed([str(number) for number in numbers])} of {period}"
