"""What the review pages show."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from assessments.access import CycleAccess
from assessments.forms.review import ReasonForm
from assessments.models import Challenge, ReviewStep, Snapshot, Stage
from assessments.presenters.check import Check
from assessments.presenters.cycle_rows import CycleRows
from assessments.record import CycleRecord, Decision
from assessments.snapshots import thaw_what_can_be
from benchmarks.models import Benchmark


@dataclass(frozen=True)
class RatingChange:
    """A benchmark rated otherwise than when the last snapshot was signed."""

    benchmark: Benchmark
    before: Decision
    now: Decision


class ReviewPage:
    """Where a cycle stands on its way to sign-off, and what may be done next.

    Reads the cycle's rows for its gaps, its steps, its challenges and its snapshots.
    """

    def __init__(self, access: CycleAccess) -> None:
        self.access = access
        self.cycle = access.cycle
        self.stage = Stage(self.cycle.stage)

    @cached_property
    def check(self) -> Check:
        return Check(CycleRows(self.cycle))

    @property
    def gaps(self) -> int:
        return self.check.count

    @cached_property
    def steps(self) -> list[ReviewStep]:
        return list(self.cycle.review_steps.all())

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Those not resolved, open ones first."""
        rows = self.cycle.challenges.exclude(state=Challenge.State.RESOLVED)
        rows = rows.select_related("benchmark", "question", "action", "addressed_to", "raised_by")
        return sorted(rows, key=lambda challenge: challenge.state != Challenge.State.OPEN)

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        return list(self.cycle.snapshots.defer("content").select_related("signed_by"))

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT

    @property
    def is_in_review(self) -> bool:
        return self.stage == Stage.IN_REVIEW

    @property
    def is_signed_off(self) -> bool:
        return self.stage == Stage.SIGNED_OFF

    def forms(self) -> dict[str, Any]:
        return {
            "submit_form": self.submit_form(),
            "return_form": self.return_form(),
            "reopen_form": self.reopen_form(),
        }

    def submit_form(self, data: QueryDict | None = None) -> ReasonForm:
        wanted = self.is_draft and self.gaps
        return ReasonForm(
            data,
            prefix="submit",
            question="Why are you submitting with gaps?" if wanted else "A word to the board",
            required="Say why you are submitting with gaps" if wanted else "",
            button="Submit for review",
        )

    def return_form(self, data: QueryDict | None = None) -> ReasonForm:
        return ReasonForm(
            data,
            prefix="return",
            question="What has to change?",
            required="Say what has to change",
            button="Return to the toolkit lead",
        )

    def reopen_form(self, data: QueryDict | None = None) -> ReasonForm:
        return ReasonForm(
            data,
            prefix="reopen",
            question="Why does it have to be reopened?",
            required="Say why it has to be reopened",
            button="Reopen as a new version",
        )


class SignOffPage(ReviewPage):
    """What exactly is being signed."""

    @cached_property
    def submission(self) -> ReviewStep | None:
        return next((s for s in self.steps if s.kind == ReviewStep.Kind.SUBMITTED), None)

    @property
    def may_sign(self) -> bool:
        """Not the person who submitted it."""
        submission = self.submission
        return bool(submission and submission.by_id != self.access.user.pk and self.is_in_review)

    @cached_property
    def decisions(self) -> list[tuple[Benchmark, Decision]]:
        rows = self.check.rows
        return [
            (benchmark, rows.asked.judgement(rows.assessments[benchmark.pk]))
            for benchmark in rows.asked.benchmarks.values()
        ]

    @property
    def ratings(self) -> list[tuple[str, int]]:
        """How many benchmarks have each rating: the best first, those without one last."""
        decisions = [decision for _, decision in self.decisions]
        decisions.sort(key=lambda each: -each.level.rank if each.level else not each.not_applicable)
        return list(Counter(decision.label for decision in decisions).items())

    @cached_property
    def last_snapshot(self) -> Snapshot | None:
        return self.access.council.snapshots.first()

    @cached_property
    def last_signed(self) -> CycleRecord | None:
        """What the last snapshot holds; None where it can't be read or is of another edition."""
        if not self.last_snapshot:
            return None
        frozen = thaw_what_can_be(self.last_snapshot.content)
        if frozen is None or frozen.record.toolkit_slug != self.cycle.toolkit.slug:
            return None
        return frozen.record

    @cached_property
    def changes(self) -> list[RatingChange]:
        """Benchmarks rated otherwise than in the last snapshot."""
        if not self.last_signed:
            return []
        before = {each.number: each.decision for each in self.last_signed.benchmarks}
        return [
            RatingChange(benchmark, before[benchmark.number], now)
            for benchmark, now in self.decisions
            if before[benchmark.number].label != now.label
        ]

    @property
    def number(self) -> int:
        return self.last_snapshot.number + 1 if self.last_snapshot else 1
