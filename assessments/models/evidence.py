"""What a council says, and the documents behind it."""

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.carried import Carried
from assessments.models.cycle import Cycle
from assessments.models.sensitivity import SensitivityField, sensitivity_is_known
from benchmarks.models import Question


class EvidenceStatement(Carried):
    """What the council says for one or several prompts of a question.

    `covers` lists positions of the question's prompts, ascending; empty means the question as
    a whole. Positions, not rows: the edition can't change, and the history holds them as they
    stood.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="statements")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=20_000)
    covers = models.JSONField(default=list, blank=True)
    sensitivity = SensitivityField()
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "question"], name="statement_by_question")]
        constraints = [sensitivity_is_known("sensitivity", "statement_sensitivity_known")]

    def __str__(self) -> str:
        return f"Evidence statement {self.pk}"


class EvidenceItem(Carried):
    """A document, link or file behind the evidence, with its own date and review date."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="evidence_items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    url = models.URLField("web address", blank=True, max_length=2000)
    reference = models.CharField(blank=True, max_length=300)
    dated_on = models.DateField("date of the document", null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    sensitivity = SensitivityField()
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["cycle", "question"], name="evidence_item_by_question")]
        constraints = [
            sensitivity_is_known("sensitivity", "evidence_item_sensitivity_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="evidence_item_has_title"),
        ]

    def __str__(self) -> str:
        return f"Evidence item {self.pk}"
