"""A cycle's rows read once for pages that look at all of it, and the addresses of its pages."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from assessments.models import (
    ActionLink,
    ActionOwner,
    Answer,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
)
from assessments.presenters.asked import Asked

Row = TypeVar("Row", Answer, EvidenceStatement, EvidenceItem, ActionLink)


class CycleRows:
    """Seven queries; rows by question, in order. The words of statements stay unread."""

    def __init__(self, cycle: Cycle) -> None:
        self.asked, self.at = Asked(cycle), Addresses(cycle)
        self.today = timezone.localdate()
        self.assessments = {row.benchmark_id: row for row in cycle.benchmarks.all()}
        assigned = cycle.questions.filter(assignee__isnull=False)
        self.assignees = set(assigned.order_by().values_list("question", flat=True))
        self.answers = by_question(cycle.answers.order_by("pk"))
        self.statements = by_question(cycle.statements.defer("text"))
        self.items = by_question(cycle.evidence_items.all())
        owner = ActionOwner.objects.filter(action=OuterRef("action"))
        links = cycle.action_links.select_related("action").annotate(has_owner=Exists(owner))
        self.links = by_question(links)
        here = cycle.action_links.order_by().values("action")
        self.updates = list(
            ProgressUpdate.objects.filter(action__in=here).values_list("action", "sensitivity")
        )
        self.first_links = self.find_first_links()

    def find_first_links(self) -> dict[int, ActionLink]:
        """By action, where in the order of the toolkit it stands first."""
        first: dict[int, ActionLink] = {}
        for question in self.asked.questions:
            for link in self.links[question]:
                first.setdefault(link.action_id, link)
        return first

    def is_first(self, link: ActionLink) -> bool:
        return self.first_links[link.action_id] is link

    def has_owner(self, link: ActionLink) -> bool:
        return bool(link.has_owner)  # type: ignore[attr-defined]


def by_question(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.question_id].append(row)
    return grouped


def excerpt(text: str) -> str:
    return Truncator(text).chars(80)


class Addresses:
    """Where things of a cycle are changed."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = [cycle.council.slug, cycle.pk]

    def to(self, name: str, *args: object) -> str:
        return reverse(f"councils:{name}", args=[*self.cycle, *args])

    def question(self, ref: str, position: int = 0) -> str:
        return f"{self.to('question', ref)}#prompt-{position}"

    def benchmark(self, number: int) -> str:
        return self.to("benchmark", number)

    def action(self, pk: int, ref: str) -> str:
        return f"{self.to('action', pk)}?at={ref}"

    def document(self, pk: int) -> str:
        return self.to("document", pk)

    def assign(self) -> str:
        return self.to("assign")
