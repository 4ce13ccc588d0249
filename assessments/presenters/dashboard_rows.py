"""Everything the dashboard shows, in eight queries whatever the council holds; nine where its
cycles are on several editions."""

from bisect import insort
from collections import defaultdict
from functools import cached_property

from django.db.models import F

from assessments.carrying import Mappings, links_of
from assessments.models import ActionLink, Challenge
from assessments.presenters.cycle_rows import CycleRows, by_question
from assessments.presenters.rated_cycles import RatedCycle, rated_cycles
from benchmarks.models import EditionMapping


class DashboardRows(CycleRows):
    """The rows of the cycle, with who has a question, who owns an action, what is challenged
    and how the council's other cycles were rated."""

    @cached_property
    def cycles(self) -> list[RatedCycle]:
        """Oldest first."""
        return rated_cycles(self.cycle.council)

    @cached_property
    def mappings(self) -> Mappings:
        """Between the editions of the cycles; one query where they are on several."""
        editions = {each.toolkit_id for each in self.cycles}
        if len(editions) < 2:
            return {}
        rows = EditionMapping.objects.filter(source__in=editions, target__in=editions)
        return {(row.source_id, row.target_id): links_of(row.links) for row in rows}

    @cached_property
    def assigned(self) -> dict[int, tuple[int, str]]:
        """By question, the id and the name of the person who has it."""
        rows = self.cycle.questions.filter(assignee__isnull=False).order_by()
        named = rows.values_list("question_id", "assignee_id", "assignee__name")
        return {question: (person or 0, name or "") for question, person, name in named}

    @cached_property
    def assignees(self) -> set[int]:
        return set(self.assigned)

    @cached_property
    def linked(self) -> tuple[dict[int, ActionLink], defaultdict[int, list[str]]]:
        """Every link, and the names of the owners by action: one query for both."""
        rows = self.cycle.action_links.select_related("action")
        rows = rows.annotate(owner=F("action__owners__name"))
        links: dict[int, ActionLink] = {}
        owners: defaultdict[int, list[str]] = defaultdict(list)
        for row in rows.order_by("pk"):
            links.setdefault(row.pk, row)
            if row.owner and row.owner not in owners[row.action_id]:
                insort(owners[row.action_id], row.owner)
        return links, owners

    @cached_property
    def links(self) -> defaultdict[int, list[ActionLink]]:
        return by_question(self.linked[0].values())

    @property
    def owners(self) -> defaultdict[int, list[str]]:
        return self.linked[1]

    def has_owner(self, link: ActionLink) -> bool:
        return bool(self.owners[link.action_id])

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Those not resolved."""
        challenges = self.cycle.challenges.exclude(state=Challenge.State.RESOLVED)
        return list(challenges.order_by("pk"))
