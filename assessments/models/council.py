from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from assessments.deadlines import CLEAR_DAYS
from assessments.models.people import User
from assessments.querysets import ClosureDayQuerySet, CouncilQuerySet


class Council(models.Model):
    """A local authority: the tenant that everything it writes belongs to.

    What it says of itself is printed in public documents. `clear_days` are counted between
    publication and a meeting, `clearance_days` before publication: see `deadlines`.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    logo = models.ImageField(upload_to="logos/", blank=True)
    accent_colour = models.CharField(
        max_length=7,
        default="#1d70b8",
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", "Enter a colour such as #1d70b8.")],
    )
    address = models.TextField(blank=True, max_length=500)
    formats_contact = models.CharField(max_length=200, blank=True)
    protective_marking = models.CharField(max_length=60, blank=True)
    clear_days = models.PositiveSmallIntegerField(default=CLEAR_DAYS)
    clearance_days = models.PositiveSmallIntegerField(default=5)
    word_template = models.FileField(upload_to="word-templates/", blank=True)
    version = models.PositiveIntegerField(default=1)
    members = models.ManyToManyField(User, through="Membership", related_name="councils")
    history = HistoricalRecords()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clear_days__gte=CLEAR_DAYS),
                name="council_clear_days_as_the_law_asks",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosureDay(models.Model):
    """A day on which the council's offices are shut, besides weekends and bank holidays."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="closures")
    day = models.DateField()
    words = models.CharField(max_length=100)
    history = HistoricalRecords()

    objects = ClosureDayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["council", "day"], name="closure_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"


class Role(models.TextChoices):
    LEAD = "lead", "Toolkit lead"
    CONTRIBUTOR = "contributor", "Contributor"
    REVIEWER = "reviewer", "Board chair (reviewer)"
    PUBLISHER = "publisher", "Democratic services (publisher)"
    VIEWER = "viewer", "Viewer"


class Membership(models.Model):
    """`organisation`: the partner that the person answers for in this council (the council
    itself, the police, education); empty where nobody has said."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.CharField(max_length=100, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["user__name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "user"], name="membership_once_per_council"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"
