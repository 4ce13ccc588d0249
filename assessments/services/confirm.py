"""Saying that what was carried forward is still right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from assessments.models import ActionLink, QuestionAssessment, User
from assessments.services.answers import (
    AnswerInput,
    QuestionSave,
    StatementInput,
    save_question,
)
from assessments.services.history import update_rows
from assessments.services.locks import lock_council, lock_open_cycle


@dataclass(frozen=True)
class Beside:
    """The documents and actions that a page showed: the version it showed, by primary key."""

    documents: dict[int, int] = field(default_factory=dict)
    actions: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Confirmed:
    """How many were confirmed, and how many not, because they have changed since the page was
    opened: nobody confirms words they haven't seen."""

    count: int = 0
    changed_since: int = 0

    def __add__(self, other: "Confirmed") -> "Confirmed":
        return Confirmed(self.count + other.count, self.changed_since + other.changed_since)


@transaction.atomic
def confirm_question(
    *,
    assessment: QuestionAssessment,
    answers: Iterable[AnswerInput],
    statements: Iterable[StatementInput],
    beside: Beside,
    by: User,
) -> tuple[QuestionSave, Confirmed]:
    """Save a question page and confirm everything that it showed. Raises CycleClosed."""
    confirmed = confirm_beside(assessment=assessment, beside=beside, by=by)
    saved = save_question(
        assessment=assessment,
        answers=[replace(each, confirms=True) for each in answers],
        statements=[replace(each, confirms=True) for each in statements],
        by=by,
    )
    return saved, confirmed


@transaction.atomic
def confirm_beside(*, assessment: QuestionAssessment, beside: Beside, by: User) -> Confirmed:
    """Two people who confirm at once confirm once. Raises CycleClosed."""
    cycle, here = assessment.cycle, {"question": assessment.question_id, "to_confirm": True}
    lock_council(cycle.council_id)
    lock_open_cycle(cycle.pk)
    items = list(cycle.evidence_items.filter(**here, pk__in=beside.documents))
    seen = [item for item in items if item.version == beside.documents[item.pk]]
    for item in seen:
        item.to_confirm = False
        item.version += 1
    update_rows(seen, ["to_confirm", "version"], by)
    links = cycle.action_links.filter(**here, action__in=beside.actions).select_related("action")
    return Confirmed(len(seen), len(items) - len(seen)) + confirm_actions(links, beside.actions, by)


def confirm_actions(
    links: Iterable[ActionLink], versions: Mapping[int, int], by: User
) -> Confirmed:
    """An action that stands at several prompts counts once."""
    found = {link: link.action.version == versions[link.action_id] for link in links}
    seen = [link for link, is_seen in found.items() if is_seen]
    confirm_links(seen, by)
    actions = {link.action_id: is_seen for link, is_seen in found.items()}
    return Confirmed(sum(actions.values()), len(actions) - sum(actions.values()))


def confirm_links(links: Sequence[ActionLink], by: User) -> None:
    for link in links:
        link.to_confirm = False
    update_rows(links, ["to_confirm"], by)
