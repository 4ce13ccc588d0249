from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.people import User
from assessments.querysets import CouncilQuerySet


class Council(models.Model):
    """A local authority: the tenant that everything it writes belongs to."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    logo = models.ImageField(upload_to="logos/", blank=True)
    accent_colour = models.CharField(
        max_length=7,
        default="#1d70b8",
        validators=[RegexValidator(r"\A#[0-9a-f]{6}\Z", "Enter a colour such as #1d70b8.")],
    )
    members = models.ManyToManyField(User, through="Membership", related_name="councils")
    history = HistoricalRecords()

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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
