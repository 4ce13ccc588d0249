"""From a published edition to the next: copied, changed, previewed, published, started on."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Council, EditionDraft, User
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.editions.drafting import a_copy, drafted, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_: SignIn, site_administrator: User) -> Client:
    return as_(site_administrator)


@pytest.fixture
def draft(toolkit: Toolkit, site_administrator: User) -> EditionDraft:
    return a_copy(toolkit, site_administrator)


def posted(draft: EditionDraft, ref: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    """The address of a question's form, and what it posts where a person changed some of it."""
    part = question(draft, ref)
    data = {"version": part.version, "several": ""}
    data |= {name: part.content[name] for name in ("ref", "category", "text")}
    for number, text in enumerate(part.content.get("prompts", []), start=1):
        data |= {f"prompt-{number}-text": text, f"prompt-{number}-place": number}
    return f"/editions/{draft.pk}/parts/{part.pk}/", {**data, **changes}


def test_a_copy_holds_all_that_is_asked_under_a_short_name_of_its_own(
    client: Client, toolkit: Toolkit
):
    response = client.post("/editions/start/", {"source": f"copy-{toolkit.pk}"})
    draft = EditionDraft.objects.get()
    assert response["Location"] == f"/editions/{draft.pk}/"
    assert draft.based_on == toolkit
    assert drafted(draft).about.content["slug"] == "small-2"
    assert [each.content["ref"] for each in drafted(draft).questions] == [
        "1.1",
        "1.2",
        "2.1",
        "2.2",
    ]
    page = client.get(f"/editions/{draft.pk}/").content.decode()
    assert "There is a problem" not in page
    assert "Draft of a new edition, from Small toolkit" in page


def test_a_prompt_is_changed_moved_added_and_removed(client: Client, draft: EditionDraft):
    address, data = posted(
        draft,
        "1.1",
        **{
            "prompt-1-text": "",
            "prompt-2-text": "Who owns each of them?",
            "prompt-3-place": 1,
            "several": "Fourth\n\n Fifth ",
        },
    )
    response = client.post(address, data)
    assert response.status_code == 302
    prompts = question(draft, "1.1").content["prompts"]
    assert prompts == ["What changed?", "Who owns each of them?", "Fourth", "Fifth"]


def test_what_is_missing_is_said_with_a_link_to_where_it_is(client: Client, draft: EditionDraft):
    address, data = posted(draft, "1.2", text="  ")
    client.post(address, data)
    page = client.get(f"/editions/{draft.pk}/").content.decode()
    part = question(draft, "1.2")
    assert f'<a href="#part-{part.pk}">Question 1.2: “Question” is missing</a>' in page
    assert "<title>Error: " in page


def test_nothing_is_published_while_there_are_problems(client: Client, draft: EditionDraft):
    address, data = posted(draft, "1.2", text="")
    client.post(address, data)
    response = client.post(f"/editions/{draft.pk}/publish/")
    assert "Question 1.2: “Question” is missing" in response.content.decode()
    assert not Toolkit.objects.filter(slug="small-2").exists()


def test_it_is_published_once_and_then_offered(
    client: Client, draft: EditionDraft, as_: SignIn, lead: User
):
    start = as_(lead).get("/councils/northmere/cycles/start/")
    assert len(start.context["form"].scales) == 2
    address, data = posted(draft, "1.2", text="Who shares the profile?")
    client.post(address, data)
    asks = client.get(f"/editions/{draft.pk}/publish/").content.decode()
    assert "From then on nothing in it can be changed" in asks
    assert not Toolkit.objects.filter(slug="small-2").exists()
    response = client.post(f"/editions/{draft.pk}/publish/", follow=True)
    assert "has been published" in response.content.decode()
    toolkit = Toolkit.objects.published().get(slug="small-2")
    asked = toolkit.benchmarks.get(number=1).questions.get(ref="1.2")
    assert asked.text == "Who shares the profile?"
    start = as_(lead).get("/councils/northmere/cycles/start/")
    assert len(start.context["form"].scales) == 4
    again = client.post(f"/editions/{draft.pk}/publish/")
    assert again["Location"] == f"/editions/{draft.pk}/"
    later = client.post(address, {**data, "text": "Later"})
    assert later.status_code == 409
    assert Toolkit.objects.published().count() == 2


def test_the_differences_are_named(client: Client, draft: EditionDraft):
    assert "Nothing yet" not in client.get(f"/editions/{draft.pk}/differences/").content.decode()
    address, data = posted(draft, "1.1", **{"prompt-1-text": "How do you find risks?"})
    client.post(address, data)
    page = client.get(f"/editions/{draft.pk}/differences/").content.decode()
    assert "slug: “small” before, “small-2” in the draft" in page
    assert "question 1.1, prompt 1: “How are risks found?” before, “How do you find" in page


def test_the_history_says_who_did_what(
    client: Client, draft: EditionDraft, site_administrator: User, northmere: Council
):
    address, data = posted(draft, "1.1", text="Changed?")
    client.post(address, data)
    client.post(f"/editions/{draft.pk}/publish/")
    page = client.get(f"/editions/{draft.pk}/history/").content.decode()
    assert site_administrator.name in page
    for line in ("4 questions added", "Question 1.1 changed", "The draft published"):
        assert line in page
