"""What stands beside a question: its actions and its documents."""

from functools import cached_property

from assessments.access import CycleAccess
from assessments.presenters.actions import ActionCard, actions_at
from assessments.presenters.documents import DocumentCard, documents_at
from benchmarks.models import Question


class Beside:
    """Three queries, each when it is first needed. `may_answer`: the question itself."""

    def __init__(self, access: CycleAccess, question: Question, *, may_answer: bool) -> None:
        self.access = access
        self.question = question
        self.may_answer = may_answer

    @property
    def may_add(self) -> bool:
        """Nor may its documents change once the cycle is signed off; its actions go on."""
        return self.may_answer and self.access.cycle.is_open

    @cached_property
    def actions(self) -> list[tuple[ActionCard, bool]]:
        """Each action, and whether the person may change it from here."""
        cards = actions_at(self.access.cycle, self.question)
        return [(card, self.may_answer or card.is_owned_by(self.access.user)) for card in cards]

    @cached_property
    def waiting(self) -> dict[int, str]:
        """The actions to confirm here: where each came from, by its primary key."""
        here = self.question.pk
        cards = [card for card, _ in self.actions if here in card.waiting]
        return {card.action.pk: card.waiting[here] for card in cards}

    @property
    def has_to_confirm(self) -> bool:
        return bool(self.waiting) or any(card.item.to_confirm for card in self.documents)

    @cached_property
    def documents(self) -> list[DocumentCard]:
        return documents_at(self.access.cycle, self.question)
