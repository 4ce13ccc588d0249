from collections.abc import Mapping, Sequence

from django.db import models

from assessments.models.cycle import Cycle
from assessments.models.editions import EditionDraft
from assessments.models.people import User

# The last part of the names of fields for words.
WORDS = {"text", "reason", "title", "reference", "next_steps", "done"}
WORDS |= {"statement", "outcome", "summary", "look_for", "links", "several", "meaning", "label"}
WORDS |= {"short_title", "description", "attribution", "says"}


class Draft(models.Model):
    """What a person has typed on a page and not saved yet; nobody else sees it.

    `page` names the form, such as `question:7.1`, of a cycle or of an edition that is drafted;
    `data` is the posted form, name → values.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    edition = models.ForeignKey(
        EditionDraft, null=True, blank=True, on_delete=models.CASCADE, related_name="typed"
    )
    page = models.CharField(max_length=60)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "cycle", "page"], name="draft_once_per_page"),
            models.UniqueConstraint(
                fields=["user", "edition", "page"], name="draft_once_per_page_of_an_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(cycle__isnull=True) ^ models.Q(edition__isnull=True),
                name="draft_of_a_cycle_or_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.page}"

    @property
    def texts(self) -> list[str]:
        """The words that were typed, to be read where no form can show them any more."""
        data: Mapping[str, Sequence[str]] = self.data
        named = (values for name, values in data.items() if name.rpartition("-")[2] in WORDS)
        return [value for values in named for value in values if value.strip()]
