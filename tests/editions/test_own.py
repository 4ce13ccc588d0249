"""Whose a toolkit is: everybody's, or one council's own and nobody else's."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assessments.models import Council, Cycle, EditionDraft, User
from assessments.services.cycles import start_cycle, startable_toolkits
from assessments.services.editions import publish_draft
from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import as_document
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.editions.drafting import a_copy, change, drafted

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(toolkit: Toolkit, northmere: Council, lead: User) -> Toolkit:
    return publish_draft(draft=a_copy(toolkit, lead, northmere), by=lead)


def start(council: Council, toolkit: Toolkit, by: User) -> Cycle:
    return start_cycle(
        council=council,
        toolkit=toolkit,
        scale=toolkit.scales.all()[0],
        period="2030",
        as_at=datetime.date(2030, 1, 1),
        by=by,
    )


def test_a_lead_drafts_and_publishes_for_the_council(
    as_: SignIn, lead: User, northmere: Council, toolkit: Toolkit
):
    client = as_(lead)
    page = client.get("/councils/northmere/").content.decode()
    assert '<a class="govuk-link" href="/councils/northmere/editions/">' in page
    address = "/councils/northmere/editions/start/"
    edition = client.post(address, {"source": f"copy-{toolkit.pk}"})["Location"]
    assert edition.startswith("/councils/northmere/editions/")
    client.post(f"{edition}publish/")
    published = Toolkit.objects.get(slug="northmere-small")
    assert published.ownership.council == northmere  # type: ignore[attr-defined]
    assert start(northmere, published, lead).toolkit == published


def test_another_council_neither_sees_nor_starts_it(
    own: Toolkit, toolkit: Toolkit, southbeck: Council, northmere: Council, stranger: User
):
    assert list(startable_toolkits(northmere)) == [own, toolkit]
    assert list(startable_toolkits(southbeck)) == [toolkit]
    with pytest.raises(ValidationError, match="belongs to another council"):
        start(southbeck, own, stranger)


@pytest.mark.parametrize(
    "address",
    ["", "benchmarks/1/", "toolkit.yaml", "toolkit.xlsx"],
    ids=lambda each: each or "page",
)
def test_its_pages_are_its_councils(
    address: str,
    own: Toolkit,
    as_: SignIn,
    viewer: User,
    stranger: User,
    site_administrator: User,
):
    there = f"/toolkits/{own.slug}/{address}"
    assert as_(viewer).get(there).status_code == 200
    assert as_(site_administrator).get(there).status_code == 200
    assert as_(stranger).get(there).status_code == 404
    assert own.slug in as_(viewer).get("/toolkits/").content.decode()
    assert own.slug not in as_(stranger).get("/toolkits/").content.decode()


def test_it_is_copied_in_its_council_alone(
    own: Toolkit, as_: SignIn, stranger: User, site_administrator: User
):
    source = {"source": f"copy-{own.pk}"}
    for client, place in (
        (as_(stranger), "/councils/southbeck/editions/start/"),
        (as_(site_administrator), "/editions/start/"),
    ):
        response = client.post(place, source)
        assert "Choose one of these" in response.content.decode()
    assert EditionDraft.objects.count() == 1


def test_its_short_name_begins_with_its_councils(toolkit: Toolkit, northmere: Council, lead: User):
    """So that no council can take the name of an edition that is still to come."""
    draft = a_copy(toolkit, lead, northmere)
    change(drafted(draft).about, lead, slug="home-office-2030")
    with pytest.raises(EditionError, match="must start with “northmere-”"):
        publish_draft(draft=draft, by=lead)


def test_a_short_name_that_is_taken_is_refused(toolkit: Toolkit, site_administrator: User):
    draft = a_copy(toolkit, site_administrator)
    change(drafted(draft).about, site_administrator, slug=toolkit.slug)
    with pytest.raises(EditionError, match="is already taken"):
        publish_draft(draft=draft, by=site_administrator)


@pytest.fixture
def correction(cycle: Cycle, toolkit: Toolkit, site_administrator: User) -> Toolkit:
    draft = a_copy(toolkit, site_administrator, corrects=True)
    return publish_draft(draft=draft, by=site_administrator)


def test_a_correction_takes_the_place_of_what_it_corrects(
    correction: Toolkit, cycle: Cycle, northmere: Council, as_: SignIn, lead: User
):
    assert correction.corrects == cycle.toolkit
    assert as_document(Toolkit.objects.with_contents().get(pk=correction.pk))["corrects"] == "small"
    assert list(startable_toolkits(northmere)) == [correction]
    cycle.refresh_from_db()
    assert cycle.toolkit.slug == "small"
    page = as_(lead).get(correction.get_absolute_url()).content.decode()
    assert 'It corrects <a class="govuk-link" href="/toolkits/small/">Small toolkit</a>' in page
    page = as_(lead).get(cycle.toolkit.get_absolute_url()).content.decode()
    assert "This toolkit has been corrected" in page
    assert f'href="{correction.get_absolute_url()}"' in page


def test_a_council_corrects_its_own_toolkits_alone(
    toolkit: Toolkit, own: Toolkit, northmere: Council, lead: User, as_: SignIn
):
    draft = a_copy(toolkit, lead, northmere, corrects=True)
    with pytest.raises(EditionError, match="is not a toolkit that this one can correct"):
        publish_draft(draft=draft, by=lead)
    client: Client = as_(lead)
    address = "/councils/northmere/editions/start/"
    wrong: dict[str, Any] = {"source": f"copy-{toolkit.pk}", "corrects": "on"}
    assert "and one that is yours" in client.post(address, wrong).content.decode()
    client.post(address, {**wrong, "source": f"copy-{own.pk}"})
    corrected = publish_draft(draft=EditionDraft.objects.all()[0], by=lead)
    assert list(startable_toolkits(northmere)) == [corrected, toolkit]


def test_a_draft_is_offered_to_nobody(
    toolkit: Toolkit, northmere: Council, lead: User, as_: SignIn
):
    a_copy(toolkit, lead, northmere)
    assert list(startable_toolkits(northmere)) == [toolkit]
    assert "northmere-small" not in as_(lead).get("/toolkits/").content.decode()


def test_a_draft_is_discarded_and_its_history_stays(
    toolkit: Toolkit, northmere: Council, lead: User, as_: SignIn
):
    draft = a_copy(toolkit, lead, northmere)
    address = f"/councils/northmere/editions/{draft.pk}/"
    assert "Discard the draft of Small toolkit?" in (
        as_(lead).get(f"{address}discard/").content.decode()
    )
    assert as_(lead).post(f"{address}discard/")["Location"] == "/councils/northmere/editions/"
    assert not EditionDraft.objects.exists()
    gone = EditionDraft.history.filter(id=draft.pk).first()
    assert gone
    assert (gone.history_type, gone.history_user) == ("-", lead)
    assert as_(lead).get(address).status_code == 404


def test_what_is_published_is_not_discarded(own: Toolkit, lead: User, as_: SignIn):
    draft = EditionDraft.objects.get()
    assert as_(lead).post(f"/councils/northmere/editions/{draft.pk}/discard/").status_code == 409
    assert EditionDraft.objects.get() == draft
