"""Nobody is offered a link that they may not follow: from the first page on, everybody follows
every link there is to cycles that are open, in review and signed off."""

import datetime
from typing import Any

import pytest

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Audience,
    Cycle,
    EvidenceItem,
    Stage,
    User,
)
from tests.addresses import Arguments, arguments_for, things_of
from tests.cast import SignIn
from tests.crawling import Crawl
from tests.volume import LONG_AGO, add_earlier_cycle

PEOPLE = {  # the fewest routes that each comes to
    "viewer": 10,
    "contributor": 40,
    "chair": 45,
    "publisher": 50,
    "lead": 80,
    "site_administrator": 25,
}


@pytest.fixture
def everything(
    cycle: Cycle, contributor: User, viewer: User, lead: User, settings: Any, tmp_path: Any
) -> Arguments:
    """Also what is late, and an action of the contributor's beside somebody else's question."""
    settings.MEDIA_ROOT = tmp_path
    arguments = arguments_for(cycle, contributor, viewer)
    for year, stage in ((2023, Stage.IN_REVIEW), (2024, Stage.SIGNED_OFF)):
        other = add_earlier_cycle(cycle, year, lead)
        things_of(other, "1.1", contributor, Audience.BOARD)
        Cycle.objects.filter(pk=other.pk).update(stage=stage)
    add_what_is_late(cycle, contributor)
    return arguments


def add_what_is_late(cycle: Cycle, contributor: User) -> None:
    place = {"cycle": cycle, "question": cycle.questions.get(question__ref="2.2").question}
    EvidenceItem.objects.create(**place, title="Old plan", review_on=LONG_AGO)
    late = LONG_AGO + datetime.timedelta(days=1)
    action = Action.objects.create(council=cycle.council, text="Train them.", due_date=late)
    ActionOwner.objects.create(action=action, name=contributor.name, user=contributor)
    ActionLink.objects.create(action=action, **place)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_leads_somewhere(
    who: str, everything: Arguments, as_: SignIn, request: pytest.FixtureRequest
):
    crawl = Crawl(as_(request.getfixturevalue(who))).run("/")
    assert crawl.dead == []
    assert len(crawl.routes) >= PEOPLE[who]
