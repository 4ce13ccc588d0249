"""Many rows, so that a page whose cost grows with them is found out."""

import datetime

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Council,
    Cycle,
    Draft,
    EvidenceItem,
    EvidenceStatement,
    Membership,
    ProgressUpdate,
    Role,
    User,
)
from assessments.services.closures import add_closures
from assessments.services.cycles import start_cycle

MANY = 5
LONG_AGO = datetime.date(2020, 1, 31)
NOON = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)


def fill(cycle: Cycle, by: User) -> None:
    """Earlier cycles, people, and everything that can hang on a question, many times over."""
    for number in range(MANY):
        person = add_member(cycle.council, number)
        add_earlier_cycle(cycle, 2000 + number, by)
        for assessment in cycle.questions.select_related("question"):
            add_evidence(assessment.question, cycle, number)
            add_action(assessment.question, cycle, number, by if number % 2 else person)
    add_closures(
        council=cycle.council,
        first=LONG_AGO,
        last=LONG_AGO + datetime.timedelta(days=40),
        words="Flood",
        by=by,
    )
    Draft.objects.bulk_create(
        Draft(user=by, cycle=cycle, page=f"question:{ref}", data={}, saved_at=NOON)
        for ref in cycle.questions.values_list("question__ref", flat=True)
    )
    cycle.questions.update(assignee=by)


def add_member(council: Council, number: int) -> User:
    user = User.objects.create_user(f"person{number}@{council.slug}.example", name=f"P {number}")
    Membership.objects.create(council=council, user=user, role=Role.CONTRIBUTOR)
    return user


def add_earlier_cycle(cycle: Cycle, year: int, by: User) -> Cycle:
    return start_cycle(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period=str(year),
        as_at=datetime.date(year, 12, 1),
        closes_on=datetime.date(2099, 1, 1),
        by=by,
    )


def add_evidence(question: object, cycle: Cycle, number: int) -> None:
    EvidenceStatement.objects.create(cycle=cycle, question=question, text=f"Said {number}.")
    EvidenceItem.objects.create(cycle=cycle, question=question, title=f"Minutes {number}")


def add_action(question: object, cycle: Cycle, number: int, owner: User) -> Action:
    action = Action.objects.create(
        council=cycle.council, text=f"Do thing {number}.", due_date=LONG_AGO
    )
    ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    ProgressUpdate.objects.create(
        action=action, dated_on=LONG_AGO, text="Begun.", author_name=owner.name
    )
    return action
