"""Who answers which question."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction

from assessments.models import Council, Cycle, Membership, User
from assessments.permissions import Permission, roles_with
from assessments.services.history import update_rows
from assessments.services.locks import lock_open_cycle


@transaction.atomic
def assign_questions(*, cycle: Cycle, refs: Iterable[str], assignee: User | None, by: User) -> int:
    """Give questions to a person, or to nobody; answers how many changed hands.

    Raises ValidationError where the person may not answer here (any more), and CycleClosed.
    """
    lock_open_cycle(cycle.pk)
    if assignee:
        lock_membership(cycle, assignee)
    rows = cycle.questions.filter(question__ref__in=list(refs))
    changed = [
        row
        for row in rows.select_for_update(of=("self",)).order_by("pk")
        if row.assignee_id != (assignee.pk if assignee else None)
    ]
    for row in changed:
        row.assignee = assignee
    update_rows(changed, ["assignee"], by)
    return len(changed)


def people_who_may_answer(council: Council) -> models.QuerySet[User]:
    return User.objects.filter(memberships__in=answering(council))


def answering(council: Council) -> models.QuerySet[Membership]:
    return council.memberships.filter(role__in=roles_with(Permission.ANSWER_ASSIGNED))


def lock_membership(cycle: Cycle, assignee: User) -> None:
    """Somebody removed at the same instant must not keep a question."""
    memberships = answering(cycle.council).filter(user=assignee).order_by("pk")
    if memberships.select_for_update().first() is None:
        raise ValidationError({"assignee": f"{assignee} can no longer answer questions here"})
