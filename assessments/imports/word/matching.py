"""Where each entry goes: by the question it stands below, its order, its ref and its wording."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assessments.imports.word.blocks import Row
from assessments.imports.word.entries import Entry, State
from assessments.imports.word.places import Place, prompt_place, prompts_of, question_place
from assessments.imports.word.walking import Draft, Walk
from assessments.imports.word.wording import exact_likeness, likeness, part_of
from assessments.record import CycleRecord, Question

SURE = 80  # below its own question
SURE_ANYWHERE = 90
POSSIBLE = 55
CLEAR_LEAD = 15  # over the next best


@dataclass(frozen=True)
class Candidate:
    place: Place
    score: float
    index: int  # of its first prompt in the question

    @property
    def prompts(self) -> set[tuple[str, int]]:
        return {(self.place.ref, each) for each in self.place.positions or (0,)}


def match(rows: Sequence[Row], edition: CycleRecord) -> list[Entry]:
    """Every row as an entry, in source order."""
    drafts = Walk(edition).rows(rows)
    placed: list[Entry] = []
    for _, section in groupby(drafts, key=lambda draft: draft.section):
        placed += Section(edition, list(section)).entries()
    return placed


class Section:
    """The rows below one question; or below a benchmark or nothing, where questions have no
    lines of their own."""

    def __init__(self, edition: CycleRecord, drafts: Sequence[Draft]) -> None:
        self.edition = edition
        self.drafts = drafts
        self.question = edition.questions.get(drafts[0].ref)
        self.claimed: set[tuple[str, int]] = set()
        self.found: dict[int, Entry] = {}
        self.known: dict[tuple[str, int], list[Candidate]] = {}  # the same words come often

    def entries(self) -> list[Entry]:
        open_drafts = [d for d in self.drafts if not d.entry.is_label and not d.entry.place]
        self.place_asked([draft for draft in open_drafts if draft.asked])
        still_open = {draft.entry.number for draft in open_drafts}
        previous: Entry | None = None
        for draft in self.drafts:
            number = draft.entry.number
            if number not in self.found:
                is_open = number in still_open
                self.found[number] = self.unasked(draft, previous) if is_open else draft.entry
            if not self.found[number].is_label:
                previous = self.found[number]
        return [self.found[draft.entry.number] for draft in self.drafts]

    def place_asked(self, drafts: Sequence[Draft]) -> None:
        """The likest first, so that a poor match takes nobody's prompt."""
        rivals = [self.candidates(draft.asked, draft.benchmark) for draft in drafts]
        scored = [
            (candidate.score - 0.1 * abs(candidate.index - order), -order, candidate)
            for order, candidates in enumerate(rivals)
            for candidate in candidates
            if candidate.score >= POSSIBLE
        ]
        scored.sort(key=lambda each: each[:2], reverse=True)
        for _, order, candidate in scored:
            draft = drafts[-order]
            number = draft.entry.number
            if number not in self.found and not candidate.prompts & self.claimed:
                self.claimed |= candidate.prompts
                self.found[number] = self.proposal(draft, candidate, rivals[-order])
        for order, draft in enumerate(drafts):
            if draft.entry.number not in self.found:
                self.found[draft.entry.number] = self.leftover(drafts, order)

    def candidates(self, asked: str, benchmark: int) -> list[Candidate]:
        """`benchmark`: 0 where it stands below none."""
        if (asked, benchmark) not in self.known:
            questions = [self.question] if self.question else self.questions_of(benchmark)
            self.known[asked, benchmark] = [
                each for question in questions for each in self.within(question, asked)
            ]
        return self.known[asked, benchmark]

    def questions_of(self, benchmark: int) -> list[Question]:
        questions = self.edition.questions.values()
        return [q for q in questions if not benchmark or q.ref.startswith(f"{benchmark}.")]

    def within(self, question: Question, text: str) -> Iterator[Candidate]:
        prompts = prompts_of(question)
        singles = {position: exact_likeness(text, each) for position, each in prompts.items()}
        best = max(singles.values(), default=0)
        for position, wording in prompts.items():
            place = prompt_place(question, position)
            yield Candidate(place, likeness(text, wording), position - 1)
            following = prompts.get(position + 1)
            both = exact_likeness(text, f"{wording} {following}") if following else 0
            if both >= SURE and both > (best + 100) / 2:
                merged = prompt_place(question, position, position + 1)
                yield Candidate(merged, both + CLEAR_LEAD, position - 1)
        yield from self.whole(question, text, bool(prompts))

    def whole(self, question: Question, text: str, has_prompts: bool) -> Iterator[Candidate]:
        score = likeness(text.removeprefix(question.ref), question.text)
        if not has_prompts and self.question:
            score = max(score, SURE)  # there is nowhere else below this question
        elif part_of(text, question.text):
            score = max(score, SURE)
        if score >= SURE:
            yield Candidate(question_place(question), score, 0)

    def proposal(self, draft: Draft, found: Candidate, rivals: Sequence[Candidate]) -> Entry:
        others = [other.score for other in rivals if other.place != found.place]
        lead = found.score - max((score for score in others), default=0)
        if self.question:
            sure = found.score >= SURE or lead >= CLEAR_LEAD
        else:
            sure = found.score >= SURE_ANYWHERE and lead > 0
        return proposed(draft.entry, found.place, found.score, sure=sure)

    def leftover(self, drafts: Sequence[Draft], order: int) -> Entry:
        """A prompt in words nobody knows: the one left free between its neighbours; else one
        already answered, as where a row was split; else the tray."""
        draft = drafts[order]
        found = self.candidates(draft.asked, draft.benchmark)
        best = max(found, key=lambda each: each.score, default=None)
        if self.question and (gap := self.gap(drafts, order)):
            self.claimed.add((self.question.ref, gap))
            return proposed(draft.entry, prompt_place(self.question, gap), 0, sure=False)
        if best and best.score >= POSSIBLE:
            return proposed(draft.entry, best.place, best.score, sure=False)
        return draft.entry

    def gap(self, drafts: Sequence[Draft], order: int) -> int:
        assert self.question is not None
        before = self.position_of(drafts[order - 1]) if order else 0
        free = [
            position
            for position in prompts_of(self.question)
            if (self.question.ref, position) not in self.claimed and position > before
        ]
        return free[0] if free and free[0] == before + 1 else 0

    def position_of(self, draft: Draft) -> int:
        entry = self.found.get(draft.entry.number)
        positions = Place.read(entry.place).positions if entry and entry.place else ()
        return max(positions, default=0)

    def unasked(self, draft: Draft, previous: Entry | None) -> Entry:
        """No prompt in the row: it goes on where the row above stands, or belongs to the
        question that it stands below."""
        entry = draft.entry
        if draft.in_table and previous and previous.place and not previous.place[:1].isalpha():
            place = Place.read(previous.place)
            sure = draft.same_prompt and previous.state == State.PLACED
            return proposed(entry, place, 0, sure=sure)
        if self.question is None:
            return entry
        if draft.position:
            place = prompt_place(self.question, draft.position)
            return proposed(entry, place, 100, sure=True)
        has_prompts = bool(prompts_of(self.question))
        return proposed(entry, question_place(self.question), 0, sure=not has_prompts)


def proposed(entry: Entry, place: Place, score: float, *, sure: bool) -> Entry:
    return dataclasses.replace(
        entry,
        place=str(place),
        proposed=str(place),
        score=round(min(score, 100)),
        state=State.PLACED if sure else State.CHECK,
    )
