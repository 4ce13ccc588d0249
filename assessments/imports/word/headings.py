"""Lines that say what follows: a benchmark, a question, a prompt, or nothing of the answers."""

import re
from dataclasses import dataclass
from functools import cached_property

from assessments.imports.word.columns import HEADINGS
from assessments.imports.word.places import prompts_of
from assessments.imports.word.wording import exact_likeness, likeness, most_alike, plain
from assessments.record import Benchmark, CycleRecord, Question

REF = re.compile(r"\A(?:q(?:uestion)?\.?\s*)?(\d{1,2}\.\d{1,2})(?![\d.])[.):]?\s*", re.IGNORECASE)
BENCHMARK = re.compile(r"\Abenchmarks?\s*(?:no\.?\s*)?(\d{1,2})\b\s*[:.;–-]*\s*", re.IGNORECASE)
NUMBER = re.compile(r"\A(\d{1,2})(?!\d|\.\d)[.):]?\s*")
OUTCOME = re.compile(r"\Aoutcomes?\s*[:;–-]*\s*", re.IGNORECASE)
TITLE = re.compile(r"tool ?kit|self.?assessment|prevent duty|benchmark", re.IGNORECASE)
CATEGORIES = {
    *("expectation of compliance", "expectations of compliance", "good practice activity"),
    *("good practice activities", "good practice", "front sheet", "outcome", "outcomes"),
    *("summary", "actions", "action plan", "appendix"),
}
SURE, LIKELY = 88, 60
SHORT = 120


@dataclass(frozen=True)
class Heading:
    """Neither benchmark nor question: a label that tells nothing of where we are."""

    benchmark: int = 0
    ref: str = ""
    score: int = 100


@dataclass(frozen=True)
class HeadingReader:
    edition: CycleRecord

    @cached_property
    def benchmarks(self) -> dict[int, Benchmark]:
        return {each.number: each for each in self.edition.benchmarks}

    @cached_property
    def benchmark_of(self) -> dict[str, int]:
        return {q.ref: each.number for each in self.edition.benchmarks for q in each.questions}

    def read(self, text: str, *, at_the_start: bool = False) -> Heading | None:
        found = self.question(text) or self.benchmark(text)
        if found is None and self.is_plain_label(text, at_the_start=at_the_start):
            return Heading()
        return found

    def question(self, text: str) -> Heading | None:
        numbered = REF.match(text)
        rest = text[numbered.end() :] if numbered else text
        named = self.edition.questions.get(numbered[1]) if numbered else None
        own = likeness(rest, named.text) if named else 0
        best, score = self.nearest_question(rest)
        if named and (own >= LIKELY or not rest.strip()) and own + 15 >= score:
            return Heading(self.benchmark_of[named.ref], named.ref, round(own) or 100)
        if best and score >= SURE:
            return Heading(self.benchmark_of[best.ref], best.ref, round(score))
        return None

    def nearest_question(self, text: str) -> tuple[Question | None, float]:
        scored = [(exact_likeness(text, q.text), q.ref) for q in self.edition.questions.values()]
        score, ref = max(scored, default=(0.0, ""))
        return self.edition.questions.get(ref), score

    def benchmark(self, text: str) -> Heading | None:
        if named := BENCHMARK.match(text):
            rest = text[named.end() :].strip()
            benchmark = self.benchmarks.get(int(named[1]))
            if benchmark and (len(rest) < SHORT or self.is_about(rest, benchmark)):
                return Heading(benchmark.number)
        numbered = NUMBER.match(text)
        if numbered and (benchmark := self.benchmarks.get(int(numbered[1]))):
            rest = text[numbered.end() :]
            if self.is_about(rest, benchmark):
                return Heading(benchmark.number)
        rest = OUTCOME.sub("", text)
        least = LIKELY if rest != text else SURE
        return next((Heading() for each in self.wordings if likeness(rest, each) >= least), None)

    def is_about(self, text: str, benchmark: Benchmark) -> bool:
        return any(
            likeness(text, each) >= LIKELY
            for each in (benchmark.statement, benchmark.short_title)
            if each
        )

    @cached_property
    def wordings(self) -> list[str]:
        found = [w for each in self.edition.benchmarks for w in (each.statement, each.outcome)]
        return [wording for wording in found if wording]

    @cached_property
    def titles(self) -> list[str]:
        return [w for each in self.edition.benchmarks for w in (each.short_title, each.statement)]

    def titled(self, text: str) -> Benchmark | None:
        """The benchmark whose title or statement this is, with its number or without."""
        numbered = BENCHMARK.match(text) or NUMBER.match(text)
        rest = text[numbered.end() :].strip() if numbered else text
        named = self.benchmarks.get(int(numbered[1])) if numbered else None
        if named and (not rest or self.is_about(rest, named)):
            return named
        if not most_alike(rest, self.titles, least=SURE):
            return None
        exact = (
            each
            for each in self.benchmarks.values()
            if max(likeness(rest, each.short_title), likeness(rest, each.statement)) >= SURE
        )
        return next(exact, None)

    def prompt(self, text: str, ref: str) -> int:
        """The position of the prompt of that question which the line is; 0: none."""
        question = self.edition.questions.get(ref)
        scored = [
            (likeness(text, wording), -position)
            for position, wording in (prompts_of(question) if question else {}).items()
        ]
        score, position = max(scored, default=(0.0, 0))
        return -position if score >= SURE else 0

    def is_plain_label(self, text: str, *, at_the_start: bool) -> bool:
        words = plain(text)
        if at_the_start and len(text) <= SHORT and TITLE.search(text):
            return True
        names = {name for each in HEADINGS.values() for name in each}
        return words in CATEGORIES | names or words == plain(self.edition.toolkit_title)
