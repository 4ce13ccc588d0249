"""A preview is the form that a council will see."""

import datetime
import re

import pytest
from django.test import Client

from assessments.models import Council, EditionDraft, User
from assessments.services.cycles import start_cycle
from assessments.services.editions import publish_draft
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from tests.assessments.test_ratings_history import EDITION
from tests.cast import SignIn
from tests.editions.drafting import a_copy, drafted, question

pytestmark = pytest.mark.django_db


def blocks(html: str) -> str:
    """The form's sections, without the numbers that rows of a database have."""
    found = re.findall(r'<section class="app-prompt.*?</section>', html, re.DOTALL)
    return " ".join(re.sub(r"(answer-)\d+", r"\1N", "\n".join(found)).split())


@pytest.mark.parametrize("ref", ["1.1", "5.3", "7.1"])
def test_it_shows_what_the_question_page_will_show(
    ref: str, as_: SignIn, site_administrator: User, northmere: Council, lead: User
):
    ((edition, _),) = load([read_edition(EDITION)])
    draft = a_copy(edition, site_administrator)
    part = question(draft, ref)
    address = f"/editions/{draft.pk}/parts/{part.pk}/preview/"
    previewed = as_(site_administrator).get(address).content.decode()
    toolkit = publish_draft(draft=draft, by=site_administrator)
    cycle = start_cycle(
        council=northmere,
        toolkit=toolkit,
        scale=toolkit.scales.all()[0],
        period="2025/26",
        as_at=datetime.date(2025, 12, 1),
        by=lead,
    )
    page = as_(lead).get(f"/councils/northmere/cycles/{cycle.pk}/questions/{ref}/")
    shown = page.content.decode()
    assert blocks(previewed) == blocks(shown)
    assert blocks(previewed).count("app-rating__options") == max(
        len(part.content.get("prompts", [])), 1
    )


def test_it_bears_what_is_not_finished(as_: SignIn, site_administrator: User):
    client: Client = as_(site_administrator)
    address = client.post("/editions/start/", {"source": "empty"})["Location"]
    client.post(f"{address}parts/add/", {"kind": "benchmark"})
    (edition,) = EditionDraft.objects.all()
    (under,) = drafted(edition).benchmarks
    client.post(f"{address}parts/add/", {"kind": "question", "under": under.pk})
    (part,) = drafted(edition).questions
    assert client.get(f"{address}parts/{part.pk}/preview/").status_code == 200
    assert client.get(f"{address}parts/{under.pk}/preview/").status_code == 404
