"""Where what a cycle holds goes on a correction of its edition: each thing where it stood. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessments.carrying import (
    NO_COUNTERPART,
    RATING_STAYS,
    Kind,
    Link,
    Piece,
    Place,
    Planner,
    Spot,
)
from assessments.record_rows import AnswerRow, CycleContents
from benchmarks.models import Prompt

NO_QUESTION = "the new edition has no such question to give it to"


@dataclass(frozen=True)
class Asked:
    """A question of an edition with its prompts."""

    pk: int
    place: Place
    prompts: tuple[Prompt, ...]


SAMENESS: list[Callable[[Prompt], Any]] = [
    lambda prompt: (prompt.position, prompt.text),
    lambda prompt: prompt.text,
    lambda prompt: prompt.position,
]


def matched(old: Sequence[Prompt], new: Sequence[Prompt]) -> dict[int, Prompt]:
    """What became of prompts, by the old ones' primary keys: of equal text, wherever it stands
    now; or else reworded where it stood."""
    found: dict[int, Prompt] = {}
    free = list(new)
    for alike in SAMENESS:
        for prompt in [each for each in old if each.pk not in found]:
            if other := next((each for each in free if alike(each) == alike(prompt)), None):
                found[prompt.pk] = other
                free.remove(other)
    return found


class CorrectionPlanner(Planner):
    """`old` and `new`: what the two editions ask, in order. `levels`: the new levels by the old
    ones, where both cycles are rated on one scale; else none."""

    def __init__(
        self,
        contents: CycleContents,
        links: Sequence[Link],
        old: Sequence[Asked],
        new: Sequence[Asked],
        *,
        numbers: Mapping[int, int],
        levels: Mapping[int, int] | None,
    ) -> None:
        places = {each.pk: each.place for each in old}
        super().__init__(
            contents, links, places=places, numbers=numbers, same_scale=levels is not None
        )
        self.levels = {**(levels or {})}
        self.old = {each.pk: each for each in old}
        self.new = {each.place: each for each in new}
        self.first = {each.place.number: each.pk for each in reversed(new)}

    def stood(self, piece: Piece, spot: Spot) -> Piece:
        piece = self.sent(piece)
        return replace(piece, spots=tuple(self.spot(spot, number) for number in piece.targets))

    def spot(self, spot: Spot, target: int) -> Spot:
        """In a new benchmark: at the question of the same ref, else at the first one."""
        old = self.old[spot.question_id]
        new = self.new.get(Place(target, old.place.ref))
        if new is None:
            return Spot(self.first[target], spot.came_from)
        became = matched(old.prompts, new.prompts)
        prompt = became.get(spot.prompt_id) if spot.prompt_id else None
        positions = {p.position: became[p.pk].position for p in old.prompts if p.pk in became}
        covers = tuple(sorted(positions[each] for each in spot.covers if each in positions))
        return Spot(new.pk, spot.came_from, prompt.pk if prompt else None, covers)

    def reasons(self) -> Iterator[Piece]:
        """Each answer as a whole on the same scale; else what was said of its rating."""
        for row in self.contents.answers:
            if row.reason and not self.same_scale:
                piece = self.piece(Kind.REASON, row.question_id, row, row.reason)
                yield replace(piece, why=RATING_STAYS)
            elif self.same_scale and (row.rating_id or row.not_applicable or row.reason):
                yield self.answer(row)

    def answer(self, row: AnswerRow) -> Piece:
        rated = row._replace(rating_id=row.rating_id and self.levels[row.rating_id])
        piece = self.piece(Kind.ANSWER, row.question_id, rated, *filter(None, [row.reason]))
        if not self.targets(piece.number):
            return self.sent(piece)
        target = self.same.get(piece.number, -1)
        new = self.new.get(Place(target, piece.ref))
        if new is None:
            return replace(piece, why=NO_QUESTION)
        became = self.answered(row.question_id, new)
        if row.prompt_id not in became:
            return replace(piece, why=NO_COUNTERPART)
        spot = Spot(new.pk, piece.place, became[row.prompt_id])
        return replace(piece, targets=(target,), spots=(spot,))

    def answered(self, question_id: int, new: Asked) -> dict[int | None, int | None]:
        """The prompts that an answer can go to; a question without prompts is answered whole."""
        if not new.prompts:
            return {None: None}
        found = matched(self.old[question_id].prompts, new.prompts)
        return {old: prompt.pk for old, prompt in found.items()}
