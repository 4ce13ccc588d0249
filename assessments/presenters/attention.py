"""What a board has to look at first: at most seven things, the worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.models import ActionLink, Challenge
from assessments.presenters.check import Check, Kind
from assessments.presenters.cycle_rows import excerpt
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.presenters.movement import Movement
from assessments.presenters.rated_cycles import RatedBenchmark
from assessments.presenters.workload import is_overdue
from assessments.record import Text
from benchmarks.models import Question

MOST = 7
MOST_NAMES = 10  # that one line lists
GRAVE = {"red", "orange"}  # colours of levels that mean: not met, and not nearly


@dataclass(frozen=True)
class Named:
    """One of the things counted, with the address of its page. `note` follows the link."""

    text: Text
    href: str
    note: str = ""


@dataclass(frozen=True)
class Matter:
    """One line: how many, of what, which ones; `href`: where all of them are listed. `part`:
    some of them, with a list of their own."""

    count: int
    words: str
    href: str
    names: tuple[Named, ...] = ()
    part: "Matter | None" = None

    @property
    def first_names(self) -> tuple[Named, ...]:
        return self.names[:MOST_NAMES]

    @property
    def more(self) -> int:
        return len(self.names[MOST_NAMES:])


class Attention:
    """Reads nothing beyond `rows`."""

    def __init__(self, rows: DashboardRows, check: Check, movement: Movement) -> None:
        self.rows, self.check, self.movement = rows, check, movement
        self.at = rows.at

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        kinds = (*self.lists.values(), self.overdue, *self.later_lists.values())
        return tuple(matter for matter in kinds if matter.count)[:MOST]

    @cached_property
    def lists(self) -> dict[str, Matter]:
        """By the key of the page where their rows are listed."""
        return {
            "grave": self.grave(),
            "falling": self.falling(),
            "unmet": self.expectations_not_met(),
        }

    @cached_property
    def later_lists(self) -> dict[str, Matter]:
        """What comes after overdue actions, which the register lists."""
        return {
            "out-of-date": self.out_of_date(),
            "challenges": self.challenged(),
            "to-confirm": self.to_confirm(),
            "undecided": self.undecided(),
        }

    def grave(self) -> Matter:
        """Red benchmarks, or what is as bad on another scale."""
        found = [
            each
            for each in self.movement.this.benchmarks
            if each.decision.level and each.decision.level.colour in GRAVE
        ]
        labels = sorted({each.decision.label for each in found})
        words = f"{plural(found, 'benchmark')} rated {' or '.join(labels)}"
        return Matter(len(found), words, self.at.figure("grave"), self.named(found))

    def falling(self) -> Matter:
        falls = self.movement.falls
        since = self.movement.since
        words = f"{plural(falls, 'benchmark')} rated lower than in {since.period if since else ''}"
        notes = [f"{move.after.label}, {move.words}" for move in falls]
        names = self.named([move.benchmark for move in falls], notes)
        return Matter(len(falls), words, self.at.figure("falling"), names)

    def named(
        self, benchmarks: Sequence[RatedBenchmark], notes: Iterable[str] = ()
    ) -> tuple[Named, ...]:
        filled = [*notes] or [""] * len(benchmarks)
        return tuple(
            Named(Text(each.title), self.at.benchmark(each.number), note)
            for each, note in zip(benchmarks, filled, strict=True)
        )

    def expectations_not_met(self) -> Matter:
        refs = [
            question.ref
            for question in self.rows.asked.questions.values()
            if question.category == Question.Category.EXPECTATION and self.is_unmet(question)
        ]
        names = tuple(Named(Text(ref), self.at.to("question", ref)) for ref in refs)
        words = f"{plural(refs, 'expectation')} of compliance not met"
        return Matter(len(refs), words, self.at.figure("unmet"), names)

    def is_unmet(self, question: Question) -> bool:
        """Whether any prompt of it is rated, and not as met."""
        levels = self.rows.asked.levels
        answers = self.rows.answers[question.pk]
        rated = (a.rating_id for a in answers if a.rating_id and a.is_decided)
        return any(not levels[rating].met for rating in rated)

    @cached_property
    def overdue(self) -> Matter:
        late = [link for link in self.rows.first_links.values() if self.is_late(link)]
        late.sort(key=lambda link: (link.action.due_date, link.pk))
        href = self.at.register(due="overdue")
        names = tuple(self.longest_overdue(late[0]) for _ in late[:1])
        return Matter(len(late), f"{plural(late, 'action')} overdue", href, names)

    def is_late(self, link: ActionLink) -> bool:
        return is_overdue(link.action, self.rows)

    def longest_overdue(self, link: ActionLink) -> Named:
        action = link.action
        assert action.due_date
        days = (self.rows.today - action.due_date).days
        owners = " and ".join(each.name for each in self.rows.owners[action.pk]) or "nobody’s"
        ref = self.rows.asked.questions[link.question_id].ref
        text = Text(excerpt(action.text), action.sensitivity)
        note = f"overdue the longest, by {days} day{'' if days == 1 else 's'}; {owners}"
        return Named(text, self.at.action(action.pk, ref), note)

    def out_of_date(self) -> Matter:
        gaps = [
            gap
            for each in self.check.benchmarks
            for line in each.lines
            for gap in line.gaps
            if gap.kind is Kind.OUT_OF_DATE
        ]
        names = tuple(Named(Text(gap.ref), self.documents_of(gap.ref)) for gap in gaps)
        words = (
            f"{plural(gaps, 'document')} past {'its' if len(gaps) == 1 else 'their'} review date"
        )
        return Matter(len(gaps), words, self.at.figure("out-of-date"), names)

    def documents_of(self, ref: str) -> str:
        """Beside the question, where those may read them who may not change them."""
        return f"{self.at.to('question', ref)}#question-documents"

    def challenged(self) -> Matter:
        challenges = self.rows.challenges
        waiting = sum(each.state == Challenge.State.OPEN for each in challenges)
        words = f"{plural(challenges, 'challenge')} not resolved"
        names = tuple(self.concern(each) for each in challenges)
        part = Matter(waiting, "unanswered", self.at.figure("unanswered"))
        return Matter(len(challenges), words, self.at.figure("challenges"), names, part)

    def concern(self, challenge: Challenge) -> Named:
        return Named(Text(self.concern_words(challenge)), self.at.to("challenge", challenge.pk))

    def concern_words(self, challenge: Challenge) -> str:
        asked = self.rows.asked
        if challenge.question_id:
            return asked.questions[challenge.question_id].ref
        named = (str(b) for b in asked.benchmarks.values() if b.pk == challenge.benchmark_id)
        return next(named, "an action")

    def to_confirm(self) -> Matter:
        """What came along from an earlier cycle, by the question or benchmark it is at."""
        found = [
            (each.benchmark, gap)
            for each in self.check.benchmarks
            for line in each.lines
            for gap in line.gaps
            if gap.kind is Kind.TO_CONFIRM
        ]
        places = {gap.ref or str(benchmark): gap for benchmark, gap in found}
        names = tuple(Named(Text(place), gap.href) for place, gap in places.items())
        href = f"{self.at.to('cycle')}?show=to-confirm"
        return Matter(len(found), f"{plural(found, 'item')} still to confirm", href, names)

    def undecided(self) -> Matter:
        found = [each for each in self.movement.this.benchmarks if not each.decision.is_decided]
        words = f"{plural(found, 'benchmark')} not decided"
        return Matter(len(found), words, self.at.figure("undecided"), self.named(found))


def plural(things: Sequence[object], noun: str) -> str:
    return noun if len(things) == 1 else f"{noun}s"
