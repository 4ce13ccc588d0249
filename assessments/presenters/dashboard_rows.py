"""Everything the dashboard shows, in eight queries whatever the council holds; nine where its
cycles are on several editions."""

from bisect import insort
from collections import defaultdict
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Subquery

from assessments.carrying import Mappings, links_of
from assessments.models import ActionLink, Challenge, Membership, QuestionAssessment
from assessments.prepared import Prepared
from assessments.presenters.cycle_rows import CycleRows, by_question
from assessments.presenters.rated_cycles import RatedCycle, rated_cycles
from assessments.presenters.register_query import owner_key
from benchmarks.models import EditionMapping


class Holder(NamedTuple):
    """Who has a question; the organisation is empty where nobody has said."""

    person: int
    name: str
    organisation: str


NOBODY = Holder(0, "", "")


class Owner(NamedTuple):
    """Who does an action; `account` where they sign in here."""

    name: str
    account: int | None

    @property
    def key(self) -> str:
        return owner_key(self.account, self.name)


HOLDERS: Prepared[Any] = Prepared(
    lambda cycle: (
        QuestionAssessment.objects.filter(cycle=cycle, assignee__isnull=False)
        .annotate(
            organisation=Subquery(
                Membership.objects.filter(
                    council=OuterRef("cycle__council"), user=OuterRef("assignee")
                ).values("organisation")
            )
        )
        .order_by()
        .values_list("question_id", "assignee_id", "assignee__name", "organisation")
    )
)
CHALLENGES = Prepared(
    lambda cycle: (
        Challenge.objects.filter(cycle=cycle).exclude(state=Challenge.State.RESOLVED).order_by("pk")
    )
)


class DashboardRows(CycleRows):
    """The rows of the cycle, with who has a question, who owns an action, what is challenged
    and how the council's other cycles were rated."""

    @cached_property
    def cycles(self) -> list[RatedCycle]:
        """Oldest first."""
        return rated_cycles(self.cycle)

    @cached_property
    def mappings(self) -> Mappings:
        """Between the editions of the cycles; one query where they are on several."""
        editions = {each.toolkit_id for each in self.cycles}
        if len(editions) < 2:
            return {}
        rows = EditionMapping.objects.filter(source__in=editions, target__in=editions)
        return {(row.source_id, row.target_id): links_of(row.links) for row in rows}

    @cached_property
    def assigned(self) -> dict[int, Holder]:
        """By question, the person who has it."""
        return {
            question: Holder(person, name, organisation or "")
            for question, person, name, organisation in HOLDERS.tuples(self.cycle.pk)
        }

    @cached_property
    def assignees(self) -> set[int]:
        return set(self.assigned)

    @cached_property
    def linked(self) -> tuple[dict[int, ActionLink], defaultdict[int, list[Owner]]]:
        """Every link, and the owners by action, by name: one query for both."""
        rows = self.cycle.action_links.select_related("action")
        rows = rows.annotate(owner=F("action__owners__name"), account=F("action__owners__user"))
        links: dict[int, ActionLink] = {}
        owners: defaultdict[int, list[Owner]] = defaultdict(list)
        for row in rows.order_by("pk"):
            links.setdefault(row.pk, row)
            owner = Owner(row.owner or "", row.account)
            if owner.name and owner not in owners[row.action_id]:
                insort(owners[row.action_id], owner, key=lambda each: each.name)
        return links, owners

    @cached_property
    def links(self) -> defaultdict[int, list[ActionLink]]:
        return by_question(self.linked[0].values())

    @property
    def owners(self) -> defaultdict[int, list[Owner]]:
        return self.linked[1]

    def has_owner(self, link: ActionLink) -> bool:
        return bool(self.owners[link.action_id])

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Those not resolved."""
        return CHALLENGES(self.cycle.pk)
