"""A working workbook that went out to be filled in, and files that came back."""

from django.db import models

from assessments.models.cycle import Cycle
from assessments.models.people import User


class WorkingWorkbook(models.Model):
    """What a workbook said as it was made: what a file that comes back is compared with.

    `rows` holds rows of `workbooks.rows`. `whose`: whose questions it holds, None for all; the
    name stays as it was.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="workbooks")
    whose = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    whose_name = models.CharField(blank=True, max_length=200)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Workbook for {self.whose_name or 'everybody'}"


class ReturnedWorkbook(models.Model):
    """What a file that came back says, on its way into the cycle.

    A file of ours is compared with its `workbook`. Of any other, `sheets` holds the cells until
    a person has named its columns (`columns`), `rows` what it is then compared with, and `placed`
    where people sent rows of it, by number. `said` and `notes` hold what `workbooks.rows` names;
    `decisions` what people chose, by number of what was said. What isn't taken stays readable
    beside the cycle. The file itself isn't kept.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="returned_workbooks")
    workbook = models.ForeignKey(
        WorkingWorkbook, null=True, blank=True, on_delete=models.CASCADE, related_name="returns"
    )
    file_name = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list, blank=True)
    sheets = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    placed = models.JSONField(default=dict, blank=True)
    said = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    written = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
