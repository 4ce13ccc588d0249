"""Two people who confirm at the same instant, on PostgreSQL: no error, and confirmed once."""

from functools import partial

from assessments.models import Cycle, User
from assessments.services.answers import AnswerInput, QuestionSave
from assessments.services.confirm import Beside, Confirmed, confirm_question
from tests.races import RACE, at_once

ROUNDS = 20

pytestmark = RACE


def test_it_is_confirmed_once(carried: Cycle, lead: User, chair: User) -> None:
    for _ in range(ROUNDS):
        before = {row.pk: row.history.count() for row in carried.answers.all()}
        carried.answers.filter(question__ref="1.1").update(to_confirm=True)
        carried.evidence_items.update(to_confirm=True)
        carried.action_links.update(to_confirm=True)
        results = both_at_once(carried, lead, chair)
        assert not any(saved.has_conflicts for saved, _ in results)
        assert sum(saved.changed for saved, _ in results) == 3
        assert sum(confirmed.count for _, confirmed in results) == 2
        rows = carried.answers.filter(question__ref="1.1")
        assert [row.history.count() - before[row.pk] for row in rows] == [1, 1, 1]


def both_at_once(cycle: Cycle, *people: User) -> list[tuple[QuestionSave, Confirmed]]:
    assessment = cycle.questions.get(question__ref="1.1")
    answers = [
        AnswerInput(row.pk, row.version, row.rating_id, False, "", "public")
        for row in cycle.answers.filter(question__ref="1.1")
    ]
    items = {item.pk: item.version for item in cycle.evidence_items.all()}
    links = cycle.action_links.select_related("action")
    actions = {link.action_id: link.action.version for link in links}

    def confirm(person: User) -> tuple[QuestionSave, Confirmed]:
        return confirm_question(
            assessment=assessment,
            answers=answers,
            statements=[],
            beside=Beside(documents=items, actions=actions),
            by=person,
        )

    return at_once(*(partial(confirm, each) for each in people))
