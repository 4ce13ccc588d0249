"""What another instrument of the council says of a benchmark: evidence beside it, never more.

The Channel panel assurance, for example, stands beside the benchmark “Channel panel”.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import date_format

from assessments.conflicts import both_texts
from assessments.models import BenchmarkAssessment, Cycle
from assessments.presenters.asked import Asked
from assessments.presenters.summary import Counted, counted
from benchmarks.models import Benchmark


@dataclass(frozen=True)
class Assurance:
    cycle: Cycle
    counted: Counted

    @property
    def sentence(self) -> str:
        """“Channel panel assurance, April 2023: 27 Green and 3 Amber of 30.”"""
        said = [f"{count} {level.label}" for level, count in self.counted.totals if count]
        if self.counted.not_applicable:
            said.append(f"{self.counted.not_applicable} not applicable")
        if self.counted.unrated:
            said.append(f"{self.counted.unrated} not rated yet")
        listed = " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))
        when = date_format(self.cycle.as_at, "F Y")
        return f"{self.cycle.toolkit.title}, {when}: {listed} of {self.counted.total}."


def assurance_for(cycle: Cycle, benchmark: Benchmark) -> Assurance | None:
    """The council's latest on an instrument that feeds this benchmark; beside what has been
    signed, the latest of that day. One query; two where there is one."""
    title = benchmark.short_title.casefold()
    return latest(each for each in feeding(cycle) if title in fed_by(each))


def assured_separately(cycle: Cycle) -> Assurance | None:
    """The same for an edition that has no benchmark for it, as the Home Office's of 2023 has
    none for the Channel panel. One query; two where there is one."""
    titles = {each.short_title.casefold() for each in Asked(cycle).benchmarks.values()}
    return latest(each for each in feeding(cycle) if not titles & fed_by(each))


def feeding(cycle: Cycle) -> Iterable[Cycle]:
    """Cycles on instruments that feed others, latest first; none beside one of them."""
    if cycle.toolkit.feeds:
        return []
    cycles = cycle.council.cycles.exclude(toolkit__feeds=[]).select_related("toolkit", "scale")
    if not cycle.is_open:
        cycles = cycles.filter(as_at__lte=cycle.as_at)
    return cycles.order_by("-as_at", "-pk")


def fed_by(cycle: Cycle) -> set[str]:
    return {each.casefold() for each in cycle.toolkit.feeds}


def latest(cycles: Iterable[Cycle]) -> Assurance | None:
    found = next(iter(cycles), None)
    return Assurance(found, counted(found)) if found else None


def taken_over(typed: QueryDict | None, row: BenchmarkAssessment, sentence: str) -> QueryDict:
    """Form data in which the comments line has the sentence added, still to be saved."""
    data = typed.copy() if typed else QueryDict(mutable=True)
    text = data.get("comments-text", row.comments)
    data["comments-text"] = text if sentence in text else both_texts(text, sentence)
    data.setdefault("comments-sensitivity", row.comments_sensitivity)
    data.setdefault("version", str(row.version))
    return data
