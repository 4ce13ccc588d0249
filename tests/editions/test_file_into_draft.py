"""A file read into a draft that is there: what differs is shown, then written, part by part."""

import copy
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook

from assessments.drafted import laid_upon
from assessments.exports.edition_workbook import as_workbook
from assessments.models import Council, DraftPart, EditionDraft, User
from assessments.services.edition_files import Incoming, stamp_of, take_file
from assessments.services.editions import publish_draft
from benchmarks.editions.checking import Document
from benchmarks.editions.writing import as_yaml
from benchmarks.models import Toolkit
from tests.benchmarks.editions import editions
from tests.cast import SignIn
from tests.editions.drafting import a_copy, change, channel_draft, drafted, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_: SignIn, site_administrator: User) -> Client:
    return as_(site_administrator)


@pytest.fixture
def draft(toolkit: Toolkit, site_administrator: User) -> EditionDraft:
    edition: EditionDraft = a_copy(toolkit, site_administrator)
    return edition


def changed(draft: EditionDraft) -> Document:
    """One question reworded, one gone, one new."""
    document = copy.deepcopy(drafted(draft).document)
    first, second = document["benchmarks"]
    first["questions"][0]["text"] = "Who knows the risks?"
    del second["questions"][-1]
    second["questions"].append({"ref": "2.9", "category": "expectation", "text": "And now?"})
    return document


def upload(client: Client, address: str, data: bytes, how: str) -> Any:
    file = SimpleUploadedFile("mended.yaml", data)
    return client.post(f"{address}file/", {"document": file, "how": how})


def confirm(client: Client, address: str, page: Any) -> Any:
    sent = {"file": page.context["token"], "stamp": page.context["stamp"]}
    return client.post(f"{address}file/confirm/", sent, follow=True)


def written(draft: EditionDraft) -> int:
    return DraftPart.history.filter(draft_id=draft.pk).count()


@pytest.mark.parametrize("how", ["merge", "replace"])
@pytest.mark.parametrize("write", [lambda it: as_yaml(it).encode(), as_workbook])
def test_what_differs_is_shown_then_written_and_the_history_keeps_what_was(
    client: Client, draft: EditionDraft, how: str, write: Any
) -> None:
    address, before, target = f"/editions/{draft.pk}/", drafted(draft).document, changed(draft)
    gone = question(draft, "2.2")
    page = upload(client, address, write(target), how)
    says = " ".join(page.context["lines"])
    assert "question 1.1, text" in says
    assert "question 2.9: only from the file" in says
    assert ("question 2.2: only in the draft" in says) == (how == "replace")
    assert drafted(draft).document == before

    content = confirm(client, address, page).content.decode()
    assert "“mended.yaml” has been read into the draft." in content
    expected = target if how == "replace" else laid_upon(before, target)
    assert drafted(draft).document == expected
    history = client.get(f"{address}history/").content.decode()
    for line in ("Question 1.1 changed", "Question 2.9 added"):
        assert line in history
    assert ("Question 2.2 removed" in history) == (how == "replace")
    rows = DraftPart.history.filter(id=gone.pk)
    assert rows.earliest("history_date").content == gone.content
    reasons = DraftPart.history.filter(draft_id=draft.pk).values_list("history_change_reason")
    assert ("From the file “mended.yaml”",) in reasons


@pytest.mark.parametrize("how", ["merge", "replace"])
def test_a_draft_that_comes_back_as_it_is_writes_nothing(
    client: Client, draft: EditionDraft, site_administrator: User, how: str
) -> None:
    address, count = f"/editions/{draft.pk}/", written(draft)
    workbook = client.get(f"{address}toolkit.xlsx").content
    page = upload(client, address, workbook, how)
    assert page.context["lines"] == []
    confirm(client, address, page)
    assert written(draft) == count


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(document=editions())
def test_any_draft_becomes_any_edition_and_twice_without_a_trace(
    draft: EditionDraft, site_administrator: User, document: Document
) -> None:
    incoming = Incoming("it.yaml", document, replaces=True)
    count = 0
    for _ in range(2):
        count, before = written(draft), count
        stamp = stamp_of(drafted(draft))
        take_file(draft=draft, incoming=incoming, stamp=stamp, by=site_administrator)
        own = drafted(draft).document["slug"]
        assert drafted(draft).document == {**document, "slug": own}
    assert written(draft) == count > before


def test_what_was_saved_since_the_preview_is_shown_first(
    client: Client, draft: EditionDraft, site_administrator: User
) -> None:
    address = f"/editions/{draft.pk}/"
    page = upload(client, address, as_yaml(changed(draft)).encode(), "replace")
    change(question(draft, "1.2"), site_administrator, text="Changed by somebody else?")
    again = confirm(client, address, page)
    assert "Somebody has changed the draft meanwhile" in again.content.decode()
    assert any("Changed by somebody else?" in line for line in again.context["lines"])
    assert question(draft, "1.1").content["text"] != "Who knows the risks?"
    confirm(client, address, again)
    assert question(draft, "1.1").content["text"] == "Who knows the risks?"


def test_what_is_wrong_is_listed_and_nothing_written(client: Client, draft: EditionDraft) -> None:
    address, count = f"/editions/{draft.pk}/", written(draft)
    wrong = changed(draft)
    wrong["benchmarks"][0]["questions"][0]["category"] = "hope"
    for data, says in (
        (as_yaml(wrong).encode(), "question 1.1: “category” must be one of"),
        (b"- a list", "must be a group of named values"),
        (b"scales: here", "must be a list"),
        (b"PK\x03\x04 no workbook", "workbook"),
    ):
        refused = upload(client, address, data, "merge")
        assert any(says in problem for _, problem in refused.context["form"].error_links), says
    assert written(draft) == count


def test_an_unfinished_instrument_is_completed_in_its_workbook(
    as_: SignIn, northmere: Council, lead: User
) -> None:
    """A council enters its statements in a spreadsheet; what is still missing may be missing."""
    draft, client = channel_draft(northmere, lead), as_(lead)
    address = f"/councils/northmere/editions/{draft.pk}/"
    book = load_workbook(io.BytesIO(client.get(f"{address}toolkit.xlsx").content))
    for ref in ("1.1", "2.1"):
        book["Prompts"].append([ref, f"Our statement on {ref}"])
    stream = io.BytesIO()
    book.save(stream)
    confirm(client, address, upload(client, address, stream.getvalue(), "replace"))
    assert question(draft, "1.1").content["prompts"] == ["Our statement on 1.1"]
    missing = [
        part.content["ref"] for part, p in drafted(draft).problems() if part and "form" in p.says
    ]
    assert missing == ["3.1", "4.1", "5.1"]


def test_a_short_name_that_cannot_be_its_own_stays(client: Client, draft: EditionDraft) -> None:
    address, own = f"/editions/{draft.pk}/", drafted(draft).document["slug"]
    page = upload(client, address, client.get("/toolkits/small/toolkit.yaml").content, "replace")
    confirm(client, address, page)
    assert (own, drafted(draft).document["slug"]) == ("small-2", "small-2")
    mine = {**drafted(draft).document, "slug": "smaller"}
    confirm(client, address, upload(client, address, as_yaml(mine).encode(), "replace"))
    assert drafted(draft).document["slug"] == "smaller"


def test_nothing_is_read_into_what_is_published(
    client: Client, draft: EditionDraft, site_administrator: User
) -> None:
    address = f"/editions/{draft.pk}/"
    page = upload(client, address, as_yaml(changed(draft)).encode(), "replace")
    publish_draft(draft=draft, by=site_administrator)
    assert client.get(f"{address}file/").status_code == 409
    sent = {"file": page.context["token"], "stamp": page.context["stamp"]}
    assert client.post(f"{address}file/confirm/", sent).status_code == 409


def test_a_file_that_was_not_signed_here_is_asked_for_again(
    client: Client, draft: EditionDraft
) -> None:
    response = client.post(f"/editions/{draft.pk}/file/confirm/", {"file": "forged"})
    assert response["Location"] == f"/editions/{draft.pk}/file/"
