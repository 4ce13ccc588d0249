"""Who is told by e-mail that a cycle moved on its way to sign-off. Nobody can opt out."""

from assessments.links import absolute
from assessments.models import Mail, ReviewStep, Role, User
from assessments.services.outbox import post

Kind = ReviewStep.Kind
TOLD = {
    Kind.SUBMITTED: {Role.REVIEWER},
    Kind.RETURNED: {Role.LEAD},
    Kind.SIGNED_OFF: {Role.LEAD, Role.REVIEWER, Role.PUBLISHER},
    Kind.REOPENED: {Role.LEAD, Role.REVIEWER, Role.PUBLISHER},
}
WORDS = {
    Kind.SUBMITTED: ("is ready for the board to review", "Read it, ask about it, or sign it off"),
    Kind.RETURNED: ("has been returned to the toolkit lead", "Read why, and what to change"),
    Kind.SIGNED_OFF: ("has been signed off", "See what was signed"),
    Kind.REOPENED: ("has been reopened as a new version", "Read why"),
}


def announce(step: ReviewStep) -> list[Mail]:
    """In the transaction of the step. The person who took it needs no telling."""
    council, kind = step.cycle.council, Kind(step.kind)
    people = User.objects.filter(
        memberships__council=council, memberships__role__in=TOLD[kind], is_active=True
    )
    happened, to_do = WORDS[kind]
    context = {
        "happened": happened,
        "to_do": to_do,
        "by": step.by_name,
        "period": step.cycle.period,
        "link": absolute("councils:review", council.slug, step.cycle_id),
    }
    subject = f"{step.cycle.period} {happened}: Prevent self-assessment, {council.name}"
    return [
        post(
            kind=Mail.Kind.REVIEW,
            council=council,
            to=person,
            subject=subject,
            template="review_step",
            context=context,
        )
        for person in people
        if person.pk != step.by_id
    ]
