"""What a snapshot says, as blocks of a report: ratings, movement, what is to be done."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from assessments.exports.marking import marked
from assessments.models import ActionStatus, Audience, PartKind
from assessments.record import (
    Action,
    Benchmark,
    BenchmarkDecision,
    CycleRecord,
    Decision,
    Level,
    PastCycle,
)
from assessments.report.tree import (
    Block,
    Bullets,
    Column,
    Entry,
    FrontSheet,
    Line,
    Paragraph,
    Rated,
    Table,
    runs,
)
from assessments.snapshots import Frozen


@dataclass(frozen=True)
class Source:
    """A snapshot as one audience may read it. `appendix`: which one of the report it is, where
    it is any."""

    number: int
    signed_on: datetime.date
    record: CycleRecord
    past: tuple[PastCycle, ...]
    appendix: str = ""

    @classmethod
    def of(cls, frozen: Frozen, audience: Audience, appendix: str = "") -> "Source":
        return cls(
            number=frozen.sign_off.number,
            signed_on=timezone.localdate(frozen.sign_off.at),
            record=frozen.record.for_audience(audience),
            past=frozen.past,
            appendix=appendix,
        )

    @property
    def words(self) -> str:
        return f"From snapshot {self.number}, signed off on {day(self.signed_on)}"

    @property
    def reference(self) -> str:
        """To where the rest of it is."""
        number = self.appendix.replace(" ", "\N{NO-BREAK SPACE}")
        return f" The full self-assessment is at {number}." if number else ""

    @property
    def before(self) -> PastCycle | None:
        """The self-assessment before this one, on whichever edition."""
        earlier = [each for each in self.past if each.as_at < self.record.as_at]
        return earlier[-1] if earlier else None

    @property
    def overdue(self) -> tuple[tuple[Action, datetime.date], ...]:
        """With their due dates: those that were overdue when it was signed."""
        return tuple(
            (action, action.due_date)
            for action in self.record.actions
            if action.due_date and action.due_date < self.signed_on and not is_done(action)
        )


@dataclass(frozen=True)
class Inserted:
    """`intro` is a numbered paragraph of the report, `blocks` stand under it."""

    intro: str
    blocks: tuple[Block, ...] = ()


def inserted(kind: str, source: Source) -> Inserted:
    return WRITERS[PartKind(kind)](source)


def ratings(source: Source) -> Inserted:
    record = source.record
    intro = (
        f"The {record.toolkit_title} for {record.period}, with the position as at "
        f"{day(record.as_at)}, rates {counts_in_words(record.benchmarks)}.{source.reference}"
    )
    entries = tuple(entry_of(each) for each in record.benchmarks)
    return Inserted(intro, (FrontSheet("Ratings by benchmark", entries, source.words),))


def entry_of(benchmark: Benchmark) -> Entry:
    lines = (("Actions", benchmark.actions), ("Comments", benchmark.comments))
    return Entry(
        title=title_of(benchmark),
        rating=rated(benchmark.decision),
        lines=tuple(Line(label, marked(text)) for label, text in lines if text),
    )


def scores(source: Source) -> Inserted:
    """The table of ratings, and under it what each level means."""
    record = source.record
    table = Table(
        caption="Ratings by benchmark",
        columns=(Column("Benchmark", 70), Column("Rating", 30)),
        rows=tuple((title_of(each), rated(each.decision)) for each in record.benchmarks),
        source=source.words,
    )
    meanings = Bullets(
        tuple(runs(f"{level.label}: {level.meaning}") for level in ranked(record.levels))
    )
    intro = (
        f"The {record.toolkit_title} for {record.period} is rated on the scale "
        f"{record.scale_name}. It rates {counts_in_words(record.benchmarks)}.{source.reference}"
    )
    return Inserted(intro, (table, Paragraph(runs("The ratings mean:")), meanings))


def movement(source: Source) -> Inserted:
    before, record = source.before, source.record
    if before is None:
        return Inserted("There is no earlier self-assessment to compare this one with.")
    if (before.toolkit_title, before.scale_name) != (record.toolkit_title, record.scale_name):
        return Inserted(
            f"The self-assessment before this one, for {before.period}, was made on another "
            f"edition or scale ({before.toolkit_title}, {before.scale_name}), so that neither "
            "better nor worse can be said."
        )
    rows = tuple(moved_rows(before, record))
    if not rows:
        return Inserted(f"No benchmark’s rating has changed since {before.period}.")
    table = Table(
        caption=f"Ratings that have changed since {before.period}",
        columns=(
            Column("Benchmark", 28),
            Column(before.period, 16),
            Column(record.period, 16),
            Column("Comments", 40),
        ),
        rows=rows,
        source=source.words,
    )
    are = "benchmark has" if len(rows) == 1 else "benchmarks have"
    return Inserted(f"Since {before.period} the ratings of {len(rows)} {are} changed.", (table,))


def moved_rows(before: PastCycle, record: CycleRecord) -> Iterator[tuple[str | Rated, ...]]:
    then = {each.number: each.decision for each in before.ratings}
    for each in record.benchmarks:
        was = then.get(each.number, BenchmarkDecision())
        if was.label != each.decision.label:
            why = each.decision.reason or each.comments
            yield title_of(each), rated(was), rated(each.decision), marked(why)


def development(source: Source) -> Inserted:
    """Benchmarks that aren't met, with their actions line."""
    short = [each for each in source.record.benchmarks if is_short(each.decision)]
    if not short:
        return Inserted("Every benchmark that applies to the council is met.")
    items = tuple(runs(development_words(each)) for each in short)
    return Inserted("The self-assessment finds these areas for development:", (Bullets(items),))


def development_words(benchmark: Benchmark) -> str:
    words = f"{title_of(benchmark)} ({benchmark.decision.label})"
    return f"{words}: {marked(benchmark.actions)}" if benchmark.actions else words


def overdue(source: Source) -> Inserted:
    when = day(source.signed_on)
    if not source.overdue:
        return Inserted(f"No action with a due date was overdue on {when}.")
    number = len(source.overdue)
    table = Table(
        caption=f"Actions overdue on {when}",
        columns=(Column("Action", 52), Column("Who", 28), Column("Due", 20)),
        rows=tuple(
            (marked(action.text), ", ".join(marked(each.name) for each in action.owners), day(due))
            for action, due in source.overdue
        ),
        source=source.words,
    )
    were = "action was" if number == 1 else "actions were"
    return Inserted(f"On {when} {number} {were} overdue.", (table,))


WRITERS: dict[PartKind, Callable[[Source], Inserted]] = {
    PartKind.RATINGS: ratings,
    PartKind.SCORES: scores,
    PartKind.MOVEMENT: movement,
    PartKind.DEVELOPMENT: development,
    PartKind.OVERDUE: overdue,
}


def counts_in_words(benchmarks: Sequence[Benchmark]) -> str:
    """“8 benchmarks Green and 2 Amber”, best first; what is not applicable or open last."""
    counts = Counter(each.decision.label for each in benchmarks)
    ranks = {each.decision.label: rank(each.decision) for each in benchmarks}
    said_of = sorted(counts, key=lambda label: -ranks[label])
    first, *others = [(counts[label], label) for label in said_of]
    noun = "benchmark" if first[0] == 1 else "benchmarks"
    parts = [f"{first[0]} {noun} {in_words(first[1])}", *(f"{n} {in_words(x)}" for n, x in others)]
    return listed(parts)


def in_words(label: str) -> str:
    """A number is no adjective: “3 benchmarks at 4”."""
    return f"at {label}" if label[:1].isdigit() else label


def listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def rated(decision: Decision) -> Rated:
    level = decision.level
    return Rated(decision.label, level.shape, level.colour) if level else Rated(decision.label)


def is_short(decision: Decision) -> bool:
    return not decision.not_applicable and not (decision.level and decision.level.met)


def rank(decision: Decision) -> int:
    return decision.level.rank if decision.level else -1 - (not decision.not_applicable)


def ranked(levels: Sequence[Level]) -> list[Level]:
    return sorted(levels, key=lambda level: level.rank)


def title_of(benchmark: Benchmark) -> str:
    return f"{benchmark.number}. {benchmark.short_title}"


def is_done(action: Action) -> bool:
    return action.status == ActionStatus.COMPLETED


def day(date: datetime.date) -> str:
    return date_format(date, "j F Y")
