"""What a council decides: ratings on prompts, and a judgement on each benchmark."""

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.carried import Carried
from assessments.models.cycle import Cycle
from assessments.models.people import User
from assessments.models.sensitivity import SensitivityField, sensitivity_is_known
from benchmarks.models import Benchmark, Prompt, Question, RatingLevel

RATED_OR_NOT_APPLICABLE = models.Q(rating__isnull=True) | models.Q(not_applicable=False)


class Decision(Carried):
    """A rating, or *not applicable* with its reason, or neither yet.

    `version` is 0 until somebody first saves it, and counts the saves after that.
    """

    rating = models.ForeignKey(
        RatingLevel, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField(blank=True, max_length=20_000)
    reason_sensitivity = SensitivityField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def says_something(self) -> bool:
        return self.rating_id is not None or self.not_applicable

    @property
    def is_decided(self) -> bool:
        return self.says_something and not self.to_confirm


class BenchmarkAssessment(Decision):
    """The council's judgement on a benchmark: one entry of the front sheet.

    `reason` says why the rating differs from the suggested one, or why it isn't applicable.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="benchmarks")
    benchmark = models.ForeignKey(Benchmark, on_delete=models.PROTECT, related_name="+")
    actions = models.TextField(blank=True, max_length=20_000)
    actions_sensitivity = SensitivityField()
    comments = models.TextField(blank=True, max_length=20_000)
    comments_sensitivity = SensitivityField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["benchmark__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "benchmark"], name="benchmark_assessed_once_per_cycle"
            ),
            models.CheckConstraint(
                condition=RATED_OR_NOT_APPLICABLE, name="benchmark_rated_or_not_applicable"
            ),
            sensitivity_is_known("actions_sensitivity", "benchmark_actions_sensitivity_known"),
            sensitivity_is_known("comments_sensitivity", "benchmark_comments_sensitivity_known"),
            sensitivity_is_known("reason_sensitivity", "benchmark_reason_sensitivity_known"),
        ]

    def __str__(self) -> str:
        return f"Benchmark {self.benchmark_id} in cycle {self.cycle_id}"


class QuestionAssessment(models.Model):
    """Who answers a question."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["question__benchmark__number", "question__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "question"], name="question_assessed_once_per_cycle"
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.question_id} in cycle {self.cycle_id}"


class Answer(Decision):
    """The rating of one prompt, or of the question itself where it has no prompts.

    Every cycle has a row for each from its start: a save is always an update of a version.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    prompt = models.ForeignKey(
        Prompt, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["question__benchmark__number", "question__position", "prompt__position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "prompt"], name="prompt_answered_once"),
            models.UniqueConstraint(
                fields=["cycle", "question"],
                condition=models.Q(prompt__isnull=True),
                name="question_without_prompts_answered_once",
            ),
            models.CheckConstraint(
                condition=RATED_OR_NOT_APPLICABLE, name="answer_rated_or_not_applicable"
            ),
            sensitivity_is_known("reason_sensitivity", "answer_reason_sensitivity_known"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} in cycle {self.cycle_id}"
