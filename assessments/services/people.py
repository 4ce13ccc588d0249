"""Who belongs to a council, and in what role."""

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.invitations import send_invitation
from assessments.models import Council, Membership, QuestionAssessment, Role, User
from assessments.permissions import Permission, can
from assessments.services.history import update_rows, written_by
from assessments.services.organisations import spelt_as_known

LAST_LEAD = "A council needs a toolkit lead. Make somebody else a lead first."


@transaction.atomic
def add_person(
    *,
    council: Council,
    name: str,
    email: str,
    role: Role,
    organisation: str = "",
    by: User,
) -> Membership:
    """Make somebody a member, and a user where they aren't one yet; an e-mail tells them.

    Raises ValidationError where they are a member already. A user keeps their own name.
    """
    lock(council)
    email = email.lower()
    newcomer = {"name": name, "password": make_password(None)}
    user, _ = User.objects.get_or_create(email=email, defaults=newcomer)
    membership = Membership.objects.filter(council=council, user=user).first()
    if membership:
        role_now = membership.get_role_display()
        raise ValidationError({"email": f"{user} is already here, as {role_now}."})
    membership = Membership(council=council, user=user, role=role)
    membership.organisation = spelt_as_known(council, organisation)
    written_by(membership, by).save()
    invite(membership=membership, by=by)
    return membership


def invite(*, membership: Membership, by: User) -> None:
    """Ask the worker to send the e-mail: the job stands once the transaction does."""
    send_invitation.enqueue(membership.pk, by.pk)


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> None:
    """Raises ValidationError where the council would be left without a lead. Questions of
    somebody who may no longer answer become nobody's."""
    current = locked(membership)
    if current is None:
        raise ValidationError({"role": f"{membership.user} has been removed meanwhile."})
    if current.role == role:
        return
    keep_a_lead(current)
    current.role = role
    written_by(current, by).save()
    if not can(role, Permission.ANSWER_ASSIGNED):
        release_questions(current, by)


@transaction.atomic
def remove_person(*, membership: Membership, by: User) -> None:
    """End the membership. What the person wrote stays; their questions become nobody's.

    Raises ValidationError where the council would be left without a lead.
    """
    current = locked(membership)
    if current is None:
        return
    keep_a_lead(current)
    written_by(current, by).delete()
    release_questions(current, by)


def locked(membership: Membership) -> Membership | None:
    """The membership as it stands, None where it is gone, with its council locked: of two
    leads who remove each other at the same instant, the second must see that one is left."""
    lock(membership.council)
    return Membership.objects.select_related("user").filter(pk=membership.pk).first()


def lock(council: Council) -> None:
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)


def keep_a_lead(leaving: Membership) -> None:
    leads = Membership.objects.filter(council_id=leaving.council_id, role=Role.LEAD)
    if leaving.role == Role.LEAD and not leads.exclude(pk=leaving.pk).exists():
        raise ValidationError({"role": LAST_LEAD})


def release_questions(membership: Membership, by: User) -> None:
    theirs = QuestionAssessment.objects.filter(
        cycle__council_id=membership.council_id, assignee_id=membership.user_id
    )
    rows = list(theirs.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.assignee = None
    update_rows(rows, ["assignee"], by)
