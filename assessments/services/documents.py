"""The documents behind the evidence: added, changed, removed."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from assessments.models import Cycle, EvidenceItem, User
from assessments.services.conflicts import StaleSave
from assessments.services.history import written_by
from assessments.services.locks import lock_open_cycle
from benchmarks.models import Question


@dataclass(frozen=True)
class DocumentInput:
    title: str
    url: str
    reference: str
    dated_on: datetime.date | None
    review_on: datetime.date | None
    sensitivity: str

    def says(self, row: EvidenceItem) -> bool:
        return all(getattr(row, name) == value for name, value in asdict(self).items())

    def find_at(self, cycle: Cycle, question: Question) -> EvidenceItem | None:
        return cycle.evidence_items.filter(question=question, **asdict(self)).first()


@transaction.atomic
def add_document(
    *, cycle: Cycle, question: Question, document: DocumentInput, by: User
) -> EvidenceItem:
    """A form posted twice adds its document once. Raises CycleClosed."""
    lock_open_cycle(cycle.pk)
    if same := document.find_at(cycle, question):
        return same
    row = EvidenceItem(cycle=cycle, question=question, **asdict(document))
    written_by(row, by).save()
    return row


@transaction.atomic
def change_document(
    *, item: EvidenceItem, version: int, change: DocumentInput, by: User
) -> EvidenceItem:
    """A change confirms it. Raises StaleSave where somebody else changed or removed it since
    `version`, and CycleClosed."""
    lock_open_cycle(item.cycle_id)
    row = EvidenceItem.objects.filter(pk=item.pk).first()
    if row is None:
        raise StaleSave(None)
    if change.says(row):
        return row
    if row.version != version:
        raise StaleSave(row)
    for name, value in asdict(change).items():
        setattr(row, name, value)
    row.to_confirm = False
    row.version += 1
    written_by(row, by).save()
    return row


@transaction.atomic
def remove_document(*, item: EvidenceItem, by: User) -> None:
    """Its history stays. Raises CycleClosed."""
    lock_open_cycle(item.cycle_id)
    written_by(item, by).delete()
