import pytest

from assessments.models import Action, ActionLink, Cycle, EvidenceStatement

TEXTS = ["By a monthly meeting.", "The directors own them.", "Two closed, one added."]


@pytest.fixture
def answered(cycle: Cycle) -> Cycle:
    """Evidence and a rating at each prompt of 1.1, and an action beside it."""
    question = cycle.questions.get(question__ref="1.1").question
    levels = list(cycle.scale.levels.order_by("rank"))
    for position, text in enumerate(TEXTS, start=1):
        EvidenceStatement.objects.create(
            cycle=cycle, question=question, text=text, covers=[position]
        )
        row = cycle.answers.get(question=question, prompt__position=position)
        row.rating, row.reason, row.version = levels[position - 1], f"Reason {position}", 1
        row.save()
    action = Action.objects.create(council=cycle.council, text="Brief the heads of schools")
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return cycle
