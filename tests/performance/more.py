"""What stands beside the answers: a snapshot with its PDF, a challenge, a document read in."""

from dataclasses import dataclass

from django.utils import timezone

from assessments.models import (
    Audience,
    Challenge,
    Cycle,
    DocumentImport,
    Export,
    ExportFormat,
    Role,
    Snapshot,
)
from assessments.services.export_files import make_file
from assessments.services.exports import request_snapshot_file
from assessments.services.review import reopen, sign_off, submit
from tests.performance.data import TEXT

ROWS_READ_IN = 150


@dataclass(frozen=True)
class Beside:
    snapshot: Snapshot
    pdf: Export
    challenge: Challenge
    document: DocumentImport


def add_beside(cycle: Cycle) -> Beside:
    """The cycle is signed off and reopened, so that its answers can still be saved."""
    lead, chair = (
        cycle.council.members.get(memberships__role=role) for role in (Role.LEAD, Role.REVIEWER)
    )
    submit(cycle=cycle, gaps=1, reason=TEXT, by=lead)
    snapshot = sign_off(cycle=cycle, by=chair)
    pdf = request_snapshot_file(
        snapshot=snapshot, format=ExportFormat.PDF, audience=Audience.BOARD, by=lead
    )
    make_file(pdf.pk)
    reopen(cycle=cycle, reason=TEXT, by=lead)
    cycle.refresh_from_db()
    question = cycle.questions.get(question__ref="1.1").question
    challenge = Challenge.objects.create(
        cycle=cycle, question=question, text=TEXT, raised_by=chair, raised_at=timezone.now()
    )
    return Beside(snapshot, pdf, challenge, read_in(cycle))


def read_in(cycle: Cycle) -> DocumentImport:
    parts = [{"role": "evidence", "text": TEXT}]
    rows = [
        {"number": n, "table": 0, "row": n, "parts": parts, "state": "check", "place": "1.1 1"}
        for n in range(1, ROWS_READ_IN + 1)
    ]
    return DocumentImport.objects.create(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        file_name="last year.docx",
        by=cycle.council.members.get(memberships__role=Role.LEAD),
        characters=ROWS_READ_IN * len(TEXT),
        rows=rows,
        status=DocumentImport.Status.READY,
    )
