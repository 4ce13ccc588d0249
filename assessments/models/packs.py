"""The committee pack: a report on a signed snapshot, written section by section, then released."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.council import Council
from assessments.models.exports import Audience, MadeFile
from assessments.models.people import User
from assessments.models.sensitivity import Sensitivity, SensitivityField, sensitivity_is_known
from assessments.models.snapshot import Snapshot


class SectionKind(models.TextChoices):
    """How a section stands in the report. An implication is a part of the numbered section
    before it, and somebody verifies it."""

    PLAIN = "plain", "Without a number"
    NUMBERED = "numbered", "Numbered"
    IMPLICATION = "implication", "Implication, verified by a named post"


class PartKind(models.TextChoices):
    """What a section is made of: the council's own words, or what a snapshot says."""

    TEXT = "text", "Text"
    RATINGS = "ratings", "Front sheet: each benchmark with its rating, actions and comments"
    SCORES = "scores", "Table of ratings, with what the scale means"
    MOVEMENT = "movement", "What has moved since the last self-assessment"
    DEVELOPMENT = "development", "Areas for development"
    OVERDUE = "overdue", "Overdue actions"


class SectionShape(models.Model):
    key = models.SlugField(max_length=40)
    heading = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SectionKind.choices)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.heading


class TemplateSection(SectionShape):
    """A section that the council's reports have. A council without any uses the usual ones."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="report_sections")
    in_use = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key"], name="template_section_once_per_council"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=SectionKind.values), name="template_section_kind_known"
            ),
        ]


class Pack(models.Model):
    """`snapshot` is what the appendices are made from. `assistant_directors`, `author` and
    `own_appendices` (titles of documents that the council attaches itself) hold one on each
    line; `first_appendix` is the number of the first that the pack makes. `version` is that of
    the meeting's details."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="packs")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="packs")
    title = models.CharField(max_length=200)
    committee = models.CharField(max_length=200)
    meeting_on = models.DateField()
    item = models.CharField(max_length=20, blank=True)
    wards = models.CharField(max_length=300, default="All")
    key_decision = models.CharField(max_length=100, default="Non-key")
    report_of = models.CharField(max_length=300, blank=True)
    assistant_directors = models.TextField(max_length=2000, blank=True)
    director = models.CharField(max_length=300, blank=True)
    author = models.TextField(max_length=2000, blank=True)
    sensitivity = SensitivityField()
    public_interest = models.TextField(max_length=20_000, blank=True)
    marking = models.CharField(max_length=100, blank=True)
    own_appendices = models.TextField(max_length=2000, blank=True)
    first_appendix = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-meeting_on", "-pk"]
        constraints = [
            sensitivity_is_known("sensitivity", "pack_sensitivity_known"),
            models.CheckConstraint(
                condition=models.Q(sensitivity=Sensitivity.PUBLIC) | ~models.Q(public_interest=""),
                name="pack_exempt_says_why",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="pack_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(first_appendix__gte=1), name="pack_appendices_count_from_1"
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.pk}"

    @property
    def parts(self) -> "models.QuerySet[PackPart]":
        """Of all its sections, with them."""
        return PackPart.objects.filter(section__pack=self).select_related("section")

    @property
    def comments(self) -> "models.QuerySet[PackComment]":
        """On all its sections, with them."""
        return PackComment.objects.filter(section__pack=self).select_related("section")

    @property
    def files(self) -> "models.QuerySet[PackFile]":
        """Of all its versions, with them."""
        return PackFile.objects.filter(pack_version__pack=self).select_related("pack_version")


class PackSection(SectionShape):
    """`verifier`: the post that is to verify an implication; `verified_by`: name and post of
    who did. `version` is that of the verification."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="sections")
    verifier = models.CharField(max_length=200, blank=True)
    verified_by = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    left_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "key"], name="pack_section_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SectionKind.values), name="pack_section_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by="", verified_on=None)
                | ~models.Q(verified_by="") & models.Q(verified_on__isnull=False),
                name="pack_section_verified_by_and_on",
            ),
        ]

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


class PackPart(models.Model):
    """`snapshot`: where an inserted block, or the words a text began with, came from."""

    section = models.ForeignKey(PackSection, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PartKind.choices, default=PartKind.TEXT)
    text = models.TextField(max_length=20_000, blank=True)
    sensitivity = SensitivityField()
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_confirm = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PartKind.values), name="pack_part_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PartKind.TEXT) | models.Q(snapshot__isnull=False),
                name="pack_part_block_has_a_snapshot",
            ),
            sensitivity_is_known("sensitivity", "pack_part_sensitivity_known"),
        ]

    def __str__(self) -> str:
        return f"Part {self.pk}"

    @property
    def is_text(self) -> bool:
        return self.kind == PartKind.TEXT


class PackComment(models.Model):
    """Between lead and publisher; no document ever holds it. Only ever added to, and settled."""

    section = models.ForeignKey(PackSection, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=20_000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class AcceptedWarning(models.Model):
    """A place in the public text that looks like it should not be public, and why it may be.

    `fingerprint` is a hash of the warning, so that it holds until the words change; the words
    themselves are not kept.
    """

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="accepted_warnings")
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "fingerprint"], name="warning_accepted_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="accepted_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Accepted warning {self.pk}"


class FrozenPackError(Exception):
    """Something tried to change or delete a version of a pack, or its release."""

    def __init__(self) -> None:
        super().__init__("A version of a pack and its release never change and are never deleted.")


class FrozenQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise FrozenPackError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenPackError

    delete.queryset_only = True  # type: ignore[attr-defined]


class FrozenRow(models.Model):
    """Written once. Triggers of the database refuse its change too."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise FrozenPackError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise FrozenPackError


class PackVersion(FrozenRow):
    """The pack as it stood when files were made of it: numbered and hashed.

    `content` is the canonical form that `packs.py` writes and reads.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    is_draft = models.BooleanField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "number"], name="pack_version_number_once"),
            models.UniqueConstraint(fields=["pack", "sha256"], name="pack_version_content_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class PackRelease(FrozenRow):
    """Who released which version, and the name, size and SHA-256 of each file of it."""

    version = models.OneToOneField(PackVersion, on_delete=models.PROTECT, related_name="release")
    confirmation = models.TextField()
    files = models.JSONField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Release {self.pk}"


class PackFile(MadeFile):
    """One file of a version, made once and kept."""

    class Document(models.TextChoices):
        REPORT = "report", "Report"
        APPENDIX = "appendix", "Appendix"

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        HTML = "html", "Web page"
        XLSX = "xlsx", "Excel workbook"

    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="files")
    document = models.CharField(max_length=10, choices=Document.choices)
    format = models.CharField(max_length=10, choices=Format.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pack_version", "document", "format", "audience"], name="pack_file_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ready") | ~models.Q(file=""),
                name="pack_file_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack file {self.pk}"
