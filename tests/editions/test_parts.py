"""Two who draft the same part lose nothing, and numbers follow the order."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Draft, DraftPart, DraftPartKind, EditionDraft, User
from assessments.services.edition_parts import add_part, move_part, remove_part
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.editions.drafting import a_copy, change, drafted, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_: SignIn, site_administrator: User) -> Client:
    return as_(site_administrator)


@pytest.fixture
def draft(toolkit: Toolkit, site_administrator: User) -> EditionDraft:
    edition: EditionDraft = a_copy(toolkit, site_administrator)
    return edition


def form(draft: EditionDraft, ref: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    part = question(draft, ref)
    data = {"version": part.version, **{n: part.content[n] for n in ("ref", "category", "text")}}
    return f"/editions/{draft.pk}/parts/{part.pk}/", {**data, **changes}


def refs(draft: EditionDraft) -> list[str]:
    return [each.content["ref"] for each in drafted(draft).questions]


def test_a_stale_save_shows_both_and_loses_neither(
    client: Client, draft: EditionDraft, site_administrator: User
):
    address, data = form(draft, "2.1", text="Mine?")
    change(question(draft, "2.1"), site_administrator, text="Theirs?")
    response = client.post(address, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs?" in page
    assert "Mine?" in page
    assert question(draft, "2.1").content["text"] == "Theirs?"
    (clash,) = response.context["clashes"]
    kept = dict(clash.fields)
    assert [side.label for side in clash.sides] == ["Question"]
    client.post(address, {**kept, "keep": "mine"})
    assert question(draft, "2.1").content["text"] == "Mine?"
    assert not Draft.objects.exists()


def test_theirs_can_be_kept(client: Client, draft: EditionDraft, site_administrator: User):
    address, data = form(draft, "2.1", text="Mine?")
    change(question(draft, "2.1"), site_administrator, text="Theirs?")
    client.post(address, data)
    client.post(address, {**data, "keep": "theirs"})
    assert question(draft, "2.1").content["text"] == "Theirs?"
    assert not Draft.objects.exists()


def test_what_is_typed_is_kept_and_shown_again(client: Client, draft: EditionDraft):
    address, data = form(draft, "2.1", text="Half a sen")
    response = client.post(f"{address}draft/", data)
    assert response.json()["saved_at"]
    page = client.get(address).content.decode()
    assert "Half a sen" in page
    assert "haven’t saved it" in page
    client.post(f"{address}draft/discard/")
    assert "Half a sen" not in client.get(address).content.decode()


def test_what_is_typed_while_signed_out_is_kept(
    client: Client, draft: EditionDraft, site_administrator: User
):
    address, data = form(draft, "2.1", text="Half a sen")
    token = client.get(address).context["draft_token"]
    response = Client().post(address, {**data, "draft_token": token})
    assert response["Location"].startswith("/account/login/")
    assert "Half a sen" in client.get(address).content.decode()


def test_what_was_typed_about_a_removed_part_can_be_read(
    client: Client, draft: EditionDraft, site_administrator: User
):
    address, data = form(draft, "2.1", text="Typed in vain?")
    token = client.get(address).context["draft_token"]
    remove_part(part=question(draft, "2.1"), by=site_administrator)
    response = client.post(address, {**data, "draft_token": token})
    assert response.status_code == 410
    assert "Typed in vain?" in response.content.decode()


def test_every_word_of_a_removed_benchmark_can_be_read(
    client: Client, draft: EditionDraft, site_administrator: User
):
    part = drafted(draft).benchmarks[0]
    names = ["short_title", "statement", "outcome", "summary", "look_for", "links"]
    typed = {name: f"Typed as {name}" for name in names}
    address = f"/editions/{draft.pk}/parts/{part.pk}/"
    client.post(f"{address}draft/", typed)
    remove_part(part=part, by=site_administrator)
    page = client.get(address)
    assert page.status_code == 410
    assert all(text in page.content.decode() for text in typed.values())


def test_what_was_typed_into_a_published_draft_can_be_read(client: Client, draft: EditionDraft):
    address, data = form(draft, "2.1", text="Typed too late?")
    token = client.get(address).context["draft_token"]
    client.post(f"/editions/{draft.pk}/publish/")
    response = client.post(address, {**data, "draft_token": token})
    assert response.status_code == 409
    assert "Typed too late?" in response.content.decode()


def test_a_question_changes_places_and_numbers_with_its_neighbour(
    draft: EditionDraft, site_administrator: User
):
    text = question(draft, "1.1").content["text"]
    move_part(part=question(draft, "1.2"), up=True, by=site_administrator)
    assert refs(draft) == ["1.1", "1.2", "2.1", "2.2"]
    assert question(draft, "1.2").content["text"] == text
    assert [each.version for each in drafted(draft).questions] == [2, 2, 1, 1]


def test_a_benchmark_takes_its_questions_with_it(draft: EditionDraft, site_administrator: User):
    second = drafted(draft).benchmarks[1]
    move_part(part=second, up=True, by=site_administrator)
    titles = [each.content["short_title"] for each in drafted(draft).benchmarks]
    assert titles == ["Training", "Local risk"]
    assert refs(draft) == ["1.1", "1.2", "2.1", "2.2"]
    assert "prompts" not in drafted(draft).questions[0].content
    assert list(drafted(draft).problems()) == []


@pytest.mark.parametrize(("place", "up"), [(0, True), (1, False)])
def test_nothing_moves_beyond_the_ends(
    draft: EditionDraft, site_administrator: User, place: int, up: bool
):
    before = drafted(draft).document
    move_part(part=drafted(draft).benchmarks[place], up=up, by=site_administrator)
    assert drafted(draft).document == before


def test_a_new_number_of_a_benchmark_numbers_its_questions(
    draft: EditionDraft, site_administrator: User
):
    change(drafted(draft).benchmarks[1], site_administrator, number=7)
    assert refs(draft) == ["1.1", "1.2", "7.1", "7.2"]


def test_what_is_added_has_the_next_number(draft: EditionDraft, site_administrator: User):
    added = add_part(draft=draft, kind=DraftPartKind.BENCHMARK, by=site_administrator)
    assert added.content["number"] == 3
    asked = add_part(draft=draft, kind=DraftPartKind.QUESTION, under=added, by=site_administrator)
    assert asked.content["ref"] == "3.1"
    first = drafted(draft).benchmarks[0]
    asked = add_part(draft=draft, kind=DraftPartKind.QUESTION, under=first, by=site_administrator)
    assert refs(draft) == ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1"]


def test_a_benchmark_is_removed_with_its_questions_and_the_history_stays(
    draft: EditionDraft, site_administrator: User
):
    remove_part(part=drafted(draft).benchmarks[0], by=site_administrator)
    assert refs(draft) == ["2.1", "2.2"]
    gone = DraftPart.history.filter(draft_id=draft.pk, history_type="-")
    assert [each.kind for each in gone] == ["benchmark", "question", "question"]
    assert {each.history_user for each in gone} == {site_administrator}


def test_every_form_saves_what_it_shows(client: Client, draft: EditionDraft):
    """Opening a form and saving it changes nothing."""
    before = drafted(draft)
    for part in before.parts:
        address = f"/editions/{draft.pk}/parts/{part.pk}/"
        shown = client.get(address).context["form"]
        data = posted_of(shown)
        response = client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
    after = drafted(draft)
    assert after.document == before.document


def posted_of(shown: Any) -> dict[str, Any]:
    """What a browser sends for an untouched form."""
    data: dict[str, Any] = {}
    for field in shown:
        value = field.value()
        if hasattr(value, "year"):
            data |= {
                f"{field.html_name}_{n}": part
                for n, part in enumerate((value.day, value.month, value.year))
            }
        elif value is True:
            data[field.html_name] = "on"
        elif value not in (None, False, ""):
            data[field.html_name] = value
    return data
