"""Two people who publish at the same instant, on PostgreSQL: one is published, one refused."""

from functools import partial

import pytest

from assessments.models import Council, EditionDraft, User
from assessments.services.editions import publish_draft
from benchmarks.editions.problems import EditionError
from benchmarks.models import Toolkit
from tests.editions.drafting import a_copy, change, drafted
from tests.races import RACE, at_once

ROUNDS = 10

pytestmark = RACE


def published_at_once(drafts: list[EditionDraft], by: User) -> list[Toolkit | EditionError]:
    deeds = [partial(publish_draft, draft=each, by=by) for each in drafts]
    return at_once(*deeds, refusals=(EditionError,))


def assert_one_is_refused(results: list[Toolkit | EditionError], slug: str) -> None:
    refused = [each for each in results if isinstance(each, EditionError)]
    says = [f"the short name “{slug}” is already taken"]
    assert [each.problems for each in refused] == [says]
    assert Toolkit.objects.filter(slug=slug).count() == 1


@pytest.mark.parametrize("titles", [("One", "Other"), ("Same", "Same")])
def test_two_drafts_under_one_short_name_are_published_once(
    toolkit: Toolkit, northmere: Council, lead: User, titles: tuple[str, str]
) -> None:
    for number in range(ROUNDS):
        slug = f"northmere-new-{number}"
        drafts = [a_copy(toolkit, lead, northmere) for _ in titles]
        for draft, title in zip(drafts, titles, strict=True):
            change(drafted(draft).about, lead, slug=slug, title=title)
        assert_one_is_refused(published_at_once(drafts, lead), slug)
        assert sum(not EditionDraft.objects.get(pk=each.pk).is_open for each in drafts) == 1
