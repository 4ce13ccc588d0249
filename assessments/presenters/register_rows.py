"""One action of the register: whose it is to change, and what is shown of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from assessments.access import Access
from assessments.addresses import address
from assessments.models import ActionLink, ActionOwner, Cycle, QuestionAssessment, User
from assessments.permissions import Permission
from assessments.presenters.actions import ActionCard, LatestUpdate
from benchmarks.models import Benchmark

Row = dict[str, Any]
LATEST = 200
SHORT = 60  # for what only a screen reader says


@dataclass(frozen=True)
class RegisterCard(ActionCard):
    """`cycle`: the latest that the action stands in; None where its cycles are gone."""

    cycle: Cycle | None
    may_change: bool

    @property
    def benchmarks(self) -> list[Benchmark]:
        """Those that it serves, each once."""
        return list({p.question.benchmark_id: p.question.benchmark for p in self.places}.values())

    @property
    def owner_names(self) -> str:
        return ", ".join(owner.name for owner in self.owners)

    @property
    def benchmark_names(self) -> str:
        return "; ".join(f"{each.number}. {each.short_title}" for each in self.benchmarks)

    @property
    def key(self) -> str:
        """What a tick stands for: the action as it is shown here."""
        return f"{self.action.pk}:{self.action.version}"


@dataclass(frozen=True)
class RegisterRights:
    """Which actions a person may change: any for a lead; for a contributor their own and those
    beside a question assigned to them in the action's latest cycle."""

    user: User
    any: bool
    assigned: frozenset[tuple[int, int]] | None

    @classmethod
    def of(cls, access: Access) -> "RegisterRights":
        """One query for a contributor."""
        any_ = access.can(Permission.ANSWER_ANY)
        if any_ or not access.can(Permission.ANSWER_ASSIGNED):
            return cls(access.user, any_, None)
        mine = QuestionAssessment.objects.filter(
            cycle__council=access.council, assignee=access.user
        )
        pairs = mine.order_by().values_list("cycle_id", "question_id")
        return cls(access.user, False, frozenset(pairs))

    def may_change(self, owners: Collection[ActionOwner], links: Collection[ActionLink]) -> bool:
        if self.any or self.assigned is None:
            return self.any
        return any(owner.user_id == self.user.pk for owner in owners) or any(
            (link.cycle_id, link.question_id) in self.assigned for link in links
        )


def row_of(card: RegisterCard, place: object, *, is_first: bool, slug: str, back: str) -> Row:
    """What _register_item.html shows, ready: a template's look-ups would cost a page of
    them twice as much. `place`: its number on the page; `is_first`: where it stands first
    (with several owners it may stand in several groups)."""
    action, text = card.action, card.action.text
    return {
        "pk": str(action.pk),  # words: a template takes long over how to write a number
        "key": card.key,
        "place": str(place),
        "is_first": is_first,
        "may_change": card.may_change,
        "text": text,
        "short": text if len(text) <= SHORT else f"{text[:SHORT]}…",
        "status": action.status,
        "is_overdue": card.is_overdue,
        "when": capfirst(card.when.removeprefix("completed").strip()),
        "owners": card.owner_names or "No owner",
        "sensitivity": "" if action.sensitivity == "public" else action.sensitivity,
        "latest": latest_row(card.latest),
        "asked": card.asked,
        "about": f"{card.cycle.period}: {card.benchmark_names}" if card.cycle else "",
        **addresses(card, slug, back),
    }


def latest_row(latest: LatestUpdate | None) -> Row | None:
    if latest is None:
        return None
    return {
        "heading": latest.quarter or date_format(latest.dated_on, "j F Y"),
        "text": latest.text[:LATEST] + "…" * (len(latest.text) > LATEST),
        "next_steps": latest.next_steps[:LATEST] + "…" * (len(latest.next_steps) > LATEST),
        "sensitivity": "" if latest.sensitivity == "public" else latest.sensitivity,
    }


def addresses(card: RegisterCard, slug: str, back: str) -> Row:
    """In the cycle that the action stands in; nothing where that is gone."""
    if card.cycle is None:
        return {}
    below = [slug, card.cycle.pk]
    at = [*below, card.action.pk]
    return {
        "change": address("action", *at) + back,
        "progress": address("add_update", *at) + back,
        "ask": f"{address('add_challenge', *below)}?action={card.action.pk}",
        "places": [
            {
                "words": place.words,
                "href": address("question", *below, place.question.ref),
            }
            for place in card.places
        ],
    }
