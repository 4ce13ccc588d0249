"""Two people who manage a council at the same instant, on PostgreSQL."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from assessments.models import Council, Cycle, Membership, Role, User
from assessments.services.assignments import assign_questions
from assessments.services.cycles import start_cycle
from assessments.services.people import add_person, change_role, remove_person
from benchmarks.models import Toolkit
from tests.cast import member
from tests.races import RACE, at_once

ROUNDS = 25

pytestmark = RACE


def both(*deeds: Callable[[], object]) -> list[object]:
    return at_once(*deeds, refusals=(ValidationError,))


def refusals(results: list[object]) -> int:
    return sum(isinstance(result, ValidationError) for result in results)


def test_two_leads_who_remove_each_other_leave_one(northmere: Council, lead: User):
    for number in range(ROUNDS):
        second = member(northmere, Role.LEAD, f"Second {number}")
        one, other = northmere.memberships.filter(role=Role.LEAD)
        results = both(
            lambda other=other, one=one: remove_person(membership=other, by=one.user),
            lambda other=other, one=one: change_role(
                membership=one, role=Role.VIEWER, by=other.user
            ),
        )
        assert refusals(results) == 1
        assert northmere.memberships.filter(role=Role.LEAD).count() == 1
        northmere.memberships.filter(role=Role.VIEWER).delete()
        assert second.pk


def test_a_person_added_twice_at_once_is_one_person(northmere: Council, lead: User):
    def add(email: str) -> Membership:
        return add_person(council=northmere, name="Nadia", email=email, role=Role.VIEWER, by=lead)

    for number in range(ROUNDS):
        email = f"nadia{number}@northmere.example"
        assert refusals(both(lambda e=email: add(e), lambda e=email: add(e.upper()))) == 1
        assert Membership.objects.filter(user__email=email).count() == 1


def test_a_cycle_started_twice_at_once_is_one_cycle(
    northmere: Council, toolkit: Toolkit, cycle: Cycle, lead: User
):
    def start(period: str) -> Cycle:
        return start_cycle(
            council=northmere,
            toolkit=toolkit,
            scale=cycle.scale,
            period=period,
            as_at=cycle.as_at,
            by=lead,
        )

    for number in range(ROUNDS):
        period = str(2030 + number)
        assert refusals(both(lambda p=period: start(p), lambda p=period: start(p))) == 1
        assert northmere.cycles.filter(period=period).count() == 1


def test_somebody_removed_while_being_given_questions_keeps_none(
    northmere: Council, cycle: Cycle, lead: User
):
    refs = ["1.1", "1.2", "2.1", "2.2"]
    for number in range(ROUNDS):
        person = member(northmere, Role.CONTRIBUTOR, f"Person {number}")
        membership = Membership.objects.get(user=person)
        both(
            lambda p=person: assign_questions(cycle=cycle, refs=refs, assignee=p, by=lead),
            lambda m=membership: remove_person(membership=m, by=lead),
        )
        assert not cycle.questions.filter(assignee=person).exists()
