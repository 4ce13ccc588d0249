"""A cycle's way to sign-off: submit, return, sign off, reopen."""

import base64
import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessments.models import Cycle, ReviewStep, Sensitivity, Snapshot, Stage, User
from assessments.record_builder import build_history, build_record
from assessments.services.announcements import announce
from assessments.services.export_files import logo_of
from assessments.services.history import update_rows
from assessments.services.locks import lock_council, lock_cycle
from assessments.snapshots import Frozen, SignOff, canonical, digest, suggestions_of

DECLARATION = (
    "I confirm that the board has reviewed this self-assessment and that it is a fair account "
    "of how the council meets the Prevent duty."
)


@transaction.atomic
def submit(
    *,
    cycle: Cycle,
    gaps: int,
    reason: str = "",
    reason_sensitivity: str = Sensitivity.PUBLIC,
    by: User,
    at: datetime.datetime | None = None,
) -> ReviewStep:
    """To the board; `at`: when, if not now. Raises ValidationError for gaps without a reason,
    and where it isn't a draft any more."""
    cycle = require_stage(cycle, Stage.DRAFT)
    if gaps and not reason:
        raise ValidationError({"reason": "Say why you are submitting with gaps"})
    move(cycle, Stage.IN_REVIEW, by)
    kind = ReviewStep.Kind.SUBMITTED
    return step(cycle, kind, by, reason, reason_sensitivity, gaps=gaps, at=at)


@transaction.atomic
def return_to_lead(
    *, cycle: Cycle, reason: str, reason_sensitivity: str = Sensitivity.PUBLIC, by: User
) -> ReviewStep:
    cycle = require_stage(cycle, Stage.IN_REVIEW)
    if not reason:
        raise ValidationError({"reason": "Say what has to change"})
    move(cycle, Stage.DRAFT, by)
    return step(cycle, ReviewStep.Kind.RETURNED, by, reason, reason_sensitivity)


@transaction.atomic
def sign_off(
    *, cycle: Cycle, note: str = "", by: User, at: datetime.datetime | None = None
) -> Snapshot:
    """Freeze the cycle into the council's next snapshot; `at`: when, if not now.

    Holds the council's and the cycle's lock, so that every change is in the snapshot or is
    refused. Raises ValidationError where the cycle isn't in review, somebody else has signed
    it, or the signer submitted it.
    """
    council = lock_council(cycle.council_id)
    cycle = require_stage(cycle, Stage.IN_REVIEW)
    cycle.council = council
    submission = last_submission(cycle)
    if submission.by_id == by.pk:
        raise ValidationError("The person who submitted a cycle can’t sign it off.")
    at = at or timezone.now()
    snapshot = freeze(cycle, submission, note, by, at)
    move(cycle, Stage.SIGNED_OFF, by)
    step(cycle, ReviewStep.Kind.SIGNED_OFF, by, note, at=at)
    return snapshot


def freeze(
    cycle: Cycle, submission: ReviewStep, note: str, by: User, at: datetime.datetime
) -> Snapshot:
    """Write the council's next snapshot. Needs the locks of `sign_off`."""
    previous = cycle.council.snapshots.first()
    sign = SignOff(
        number=previous.number + 1 if previous else 1,
        revision=cycle.revision,
        by=by.name,
        at=at,
        declaration=DECLARATION,
        note=note,
        submitted_by=submission.by_name,
        submission_reason=submission.reason,
        gaps=submission.gaps,
        previous_sha256=previous.sha256 if previous else "",
    )
    record = build_record(cycle)
    suggestions = suggestions_of(record, cycle.toolkit.roll_up)
    logo = logo_of(cycle.council)
    content = canonical(
        Frozen(
            sign,
            record,
            build_history(cycle),
            suggestions,
            logo=base64.b64encode(logo.data).decode() if logo else "",
        )
    )
    return Snapshot.objects.create(
        council=cycle.council,
        cycle=cycle,
        number=sign.number,
        revision=sign.revision,
        content=content,
        sha256=digest(content),
        signed_by=by,
        signed_at=sign.at,
    )


@transaction.atomic
def reopen(
    *, cycle: Cycle, reason: str, reason_sensitivity: str = Sensitivity.PUBLIC, by: User
) -> ReviewStep:
    """As a new version: the snapshot of the last one stays."""
    cycle = require_stage(cycle, Stage.SIGNED_OFF)
    if not reason:
        raise ValidationError({"reason": "Say why it has to be reopened"})
    cycle.revision += 1
    move(cycle, Stage.DRAFT, by)
    return step(cycle, ReviewStep.Kind.REOPENED, by, reason, reason_sensitivity)


def require_stage(cycle: Cycle, stage: Stage) -> Cycle:
    """The cycle, locked. Raises ValidationError where somebody has moved it on meanwhile."""
    current = lock_cycle(cycle.pk)
    if current.stage != stage:
        now = Stage(current.stage).label.lower()
        raise ValidationError(f"This cycle is now {now}: somebody else was first.")
    return current


def move(cycle: Cycle, stage: Stage, by: User) -> None:
    cycle.stage = stage
    update_rows([cycle], ["stage", "revision"], by)


def step(
    cycle: Cycle,
    kind: ReviewStep.Kind,
    by: User,
    reason: str = "",
    reason_sensitivity: str = Sensitivity.PUBLIC,
    *,
    gaps: int = 0,
    at: datetime.datetime | None = None,
) -> ReviewStep:
    """With e-mail to those whom it concerns."""
    taken = ReviewStep.objects.create(
        cycle=cycle,
        kind=kind,
        revision=cycle.revision,
        by=by,
        by_name=by.name,
        at=at or timezone.now(),
        reason=reason,
        reason_sensitivity=reason_sensitivity,
        gaps=gaps,
    )
    announce(taken)
    return taken


def last_submission(cycle: Cycle) -> ReviewStep:
    return cycle.review_steps.filter(kind=ReviewStep.Kind.SUBMITTED)[0]
