"""Evidence documents as people read them."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Cycle, EvidenceItem
from assessments.prepared import Prepared
from benchmarks.models import Question


@dataclass(frozen=True)
class DocumentCard:
    item: EvidenceItem
    today: datetime.date

    @property
    def link(self) -> str:
        """The web address where it is safe to follow; any other is shown as text."""
        return self.item.url if self.item.url.startswith(("http://", "https://")) else ""

    @property
    def is_past_review(self) -> bool:
        return self.item.review_on is not None and self.item.review_on < self.today


DOCUMENTS = Prepared(
    lambda cycle, question: EvidenceItem.objects.filter(cycle=cycle, question=question)
)


def documents_at(cycle: Cycle, question: Question) -> list[DocumentCard]:
    """Those of one question, by title. One query."""
    today = timezone.localdate()
    return [DocumentCard(item, today) for item in DOCUMENTS(cycle.pk, question.pk)]
