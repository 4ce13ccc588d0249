"""Where something can go in an edition, as a short text that forms and JSON can hold."""

from dataclasses import dataclass

from assessments.record import Question

FRONT = "benchmark:"
WHOLE = "whole"


@dataclass(frozen=True)
class Place:
    """A benchmark's line of the front sheet, a question, or prompts of it.

    Written `benchmark:3`, `5.3` (a question without prompts), `1.1 whole` (one that has
    prompts), `1.1 1,2`.
    """

    benchmark: int = 0
    ref: str = ""
    positions: tuple[int, ...] = ()
    holds_ratings: bool = True

    def __str__(self) -> str:
        if self.benchmark:
            return f"{FRONT}{self.benchmark}"
        if self.positions:
            return f"{self.ref} {','.join(map(str, self.positions))}"
        return self.ref if self.holds_ratings else f"{self.ref} {WHOLE}"

    @classmethod
    def read(cls, written: str) -> "Place":
        if written.startswith(FRONT):
            return cls(benchmark=int(written.removeprefix(FRONT)))
        ref, _, rest = written.rpartition(" ") if " " in written else (written, "", "")
        if rest == WHOLE:
            return cls(ref=ref, holds_ratings=False)
        return cls(ref=ref, positions=tuple(map(int, rest.split(","))) if rest else ())

    @property
    def is_benchmark(self) -> bool:
        return bool(self.benchmark)


def question_place(question: Question) -> Place:
    return Place(ref=question.ref, holds_ratings=not prompts_of(question))


def prompt_place(question: Question, *positions: int) -> Place:
    return Place(ref=question.ref, positions=positions)


def prompts_of(question: Question) -> dict[int, str]:
    return {each.position: each.prompt for each in question.answers if each.position}
