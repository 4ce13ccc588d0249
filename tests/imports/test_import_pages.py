"""A lead uploads a toolkit, reviews it row by row and makes a cycle of it."""

import io
import tracemalloc
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.imports.word.entries import Role, State, sum_of
from assessments.models import Action, Cycle, DocumentImport, User
from assessments.record_builder import build_record
from assessments.services.import_rows import place_row
from assessments.services.imports import ImportFinished, discard_import, entries_of
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.imports.documents import Document, saved
from tests.imports.pages import POSITION, address, place, upload, upload_and_read

ROWS = [
    ("Prompt", "Evidence", "Action required", "RAG"),
    ("How are risks found?", "By a monthly meeting.", "None", "Green"),
    ("Who looks after all of them?", "The directors.", "Lead officer to tell all by Q4 25/26", "R"),
    ("What changed?", "Nothing much.", "", "perhaps"),
]


def small_document(rows: list[tuple[str, ...]] = ROWS) -> bytes:
    document = Document()
    document.add_paragraph("1.1 Question 1.1?")
    document.add_rows(rows)
    document.add_paragraph("Something of our own.")
    return saved(document)


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


@pytest.fixture
def document(client: Client, toolkit: Toolkit) -> DocumentImport:
    return upload_and_read(client, toolkit, small_document())


def to_check(document: DocumentImport) -> list[int]:
    document.refresh_from_db()
    return [each.number for each in entries_of(document) if each.state == State.CHECK]


def test_the_review_shows_every_row_and_a_sum_that_comes_out(
    client: Client, document: DocumentImport
):
    page = client.get(address(document))
    content = page.content.decode()
    assert "By a monthly meeting." in content
    assert "Table 1, row 2" in content
    assert "Lead officer; Q4 25/26; not started" in content
    review = page.context["review"]
    assert review.sum.comes_out
    assert f"<strong>{review.sum.document}</strong> characters in the document" in content
    assert Cycle.objects.count() == 0


def test_rows_to_check_stand_in_the_way_of_the_cycle(client: Client, document: DocumentImport):
    (row,) = to_check(document)
    content = client.get(address(document)).content.decode()
    assert "<strong>1 row to check</strong>" in content
    assert "Make the cycle" not in content
    refused = client.post(address(document, "confirm_import"), POSITION)
    assert "1 of the rows must be checked first." in refused.content.decode()
    assert Cycle.objects.count() == 0
    accepted = place(client, document, row, "1.1 2")
    assert accepted.status_code == 302
    assert to_check(document) == []


def test_confirmed_it_is_a_cycle_and_its_tray_stays(
    client: Client, document: DocumentImport, lead: User
):
    (row,) = to_check(document)
    place(client, document, row, "tray")
    response = client.post(address(document, "confirm_import"), POSITION)
    cycle = Cycle.objects.get()
    assert response.url == f"/councils/northmere/cycles/{cycle.pk}/"
    question = build_record(cycle).questions["1.1"]
    assert [(each.text.value, each.covers) for each in question.statements] == [
        ("By a monthly meeting.", (1,)),
        ("The directors.", (2,)),
        ("Nothing much.", (3,)),
    ]
    assert [each.decision.label for each in question.answers] == ["Green", "Red", "Not rated"]
    action = Action.objects.get()
    assert (action.text, action.due_words) == ("Lead officer to tell all by Q4 25/26", "Q4 25/26")
    assert [owner.name for owner in action.owners.all()] == ["Lead officer"]
    tray = client.get(f"/councils/northmere/cycles/{cycle.pk}/tray/").content.decode()
    assert "Something of our own." in tray
    assert "perhaps" in tray
    assert "By a monthly meeting." not in tray
    assert cycle.history.get().history_user == lead


def test_a_second_press_leads_to_the_same_cycle(client: Client, document: DocumentImport):
    place(client, document, to_check(document)[0], "tray")
    first = client.post(address(document, "confirm_import"), POSITION)
    second = client.post(address(document, "confirm_import"), POSITION)
    assert first.url == second.url
    assert Cycle.objects.count() == 1
    assert client.get(address(document)).status_code == 404


def test_a_period_that_is_taken_changes_nothing(
    client: Client, document: DocumentImport, cycle: Cycle
):
    place(client, document, to_check(document)[0], "tray")
    response = client.post(address(document, "confirm_import"), POSITION | {"period": "2025/26"})
    assert "has already been started" in response.content.decode()
    assert list(Cycle.objects.all()) == [cycle]
    document.refresh_from_db()
    assert document.cycle is None


def test_a_row_goes_where_a_person_says(client: Client, document: DocumentImport):
    entry = next(e for e in entries_of(document) if "monthly" in e.text(Role.EVIDENCE))
    page = client.get(address(document, "import_row", row=entry.number)).content.decode()
    assert "2.2, prompt 1: Who is trained?" in page
    place(client, document, entry.number, "2.2 1")
    document.refresh_from_db()
    moved = entries_of(document)[entry.number - 1]
    assert (moved.place, moved.state, moved.decided_by) == ("2.2 1", State.PLACED, "Lena Lead")
    assert sum_of(entries_of(document), document.characters).comes_out


def test_a_stale_choice_overwrites_nothing(client: Client, document: DocumentImport):
    place(client, document, 3, "2.2 1")
    response = place(client, document, 3, "2.2 2")
    assert response.status_code == 409
    content = response.content.decode()
    assert "Lena Lead has changed this row meanwhile: it goes to 2.2, prompt 1" in content
    assert "<title>Error: " in content
    document.refresh_from_db()
    assert entries_of(document)[2].place == "2.2 1"
    form = response.context["form"]
    assert (form["place"].value(), form["version"].value()) == ("2.2 2", "1")
    place(client, document, 3, form["place"].value(), form["version"].value())
    document.refresh_from_db()
    assert entries_of(document)[2].place == "2.2 2"


@pytest.mark.parametrize("where", ["", "9.9", "benchmark:7", "1.1 9", "2.1 whole"])
def test_a_place_that_is_none_is_refused(client: Client, document: DocumentImport, where: str):
    response = place(client, document, 3, where)
    assert response.status_code == 200
    assert "Error: " in response.content.decode()


@pytest.mark.parametrize("name", ["import_row", "split_import_row"])
def test_a_heading_has_no_place_to_choose(client: Client, document: DocumentImport, name: str):
    assert client.get(address(document, name, row=1)).status_code == 404


@pytest.mark.parametrize("name", ["import_row", "split_import_row"])
def test_a_row_that_is_no_more_leads_back(client: Client, document: DocumentImport, name: str):
    response = client.get(address(document, name, row=99), follow=True)
    assert response.redirect_chain == [(address(document), 302)]
    assert "joined this row with another one" in response.content.decode()


def test_it_can_be_discarded(client: Client, document: DocumentImport):
    assert "last year.docx" in client.get("/councils/northmere/import/").content.decode()
    client.post(address(document, "discard_import"))
    assert not DocumentImport.objects.exists()


def test_an_import_of_another_council_is_not_there(
    as_: SignIn, stranger: User, document: DocumentImport
):
    theirs = reverse("councils:import_review", args=["southbeck", document.pk])
    assert as_(stranger).get(theirs).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word document"),
        ("a.docx", b"%PDF-1.7", "This is a PDF"),
        ("a.docx", b"", "empty file"),
    ],
)
def test_another_file_gets_a_sentence(
    client: Client, toolkit: Toolkit, name: str, data: bytes, says: str
):
    response = upload(client, toolkit, data, name)
    content = response.content.decode()
    assert says in content
    assert "<title>Error: " in content
    assert not DocumentImport.objects.exists()


@pytest.mark.parametrize("name", ["toolkit.docx", "toolkit.docm", "toolkit", "toolkit.pdf"])
def test_what_a_file_is_called_matters_less_than_what_it_is(
    client: Client, toolkit: Toolkit, name: str
):
    assert upload_and_read(client, toolkit, small_document(), name).status == "ready"


class Endless(io.RawIOBase):
    """The body of a request with one file of so many bytes, none of them kept."""

    def __init__(self, start: bytes, size: int, end: bytes) -> None:
        self.parts = [start, size, end]

    def read(self, size: int = -1) -> bytes:
        part = self.parts[0] if self.parts else b""
        if isinstance(part, int):
            self.parts[0] = part - size
            if part <= size:
                del self.parts[0]
            return bytes(min(size, part))
        del self.parts[:1]
        return part


def test_200_mb_are_refused_without_being_held_in_memory(client: Client, toolkit: Toolkit):
    size, scale = 200 * 1024 * 1024, toolkit.scales.get(slug="rag").pk
    start = (
        f'--b\r\nContent-Disposition: form-data; name="scale"\r\n\r\n{scale}\r\n'
        '--b\r\nContent-Disposition: form-data; name="document"; filename="a.docx"\r\n\r\nPK'
    ).encode()
    end = b"\r\n--b--\r\n"
    length = len(start) + size + len(end)
    tracemalloc.start()
    response = client.generic(
        "POST",
        "/councils/northmere/import/",
        **{
            "wsgi.input": Endless(start, size, end),
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
            "CONTENT_LENGTH": str(length),
        },
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "The document must be smaller than 20 MB" in response.content.decode()
    assert peak < 30 * 1024 * 1024
    assert not DocumentImport.objects.exists()


def test_review_costs_the_same_with_many_rows(client: Client, toolkit: Toolkit):
    counts = []
    for copies in (1, 60):
        latest = upload_and_read(client, toolkit, small_document([ROWS[0], *ROWS[1:] * copies]))
        client.get(address(latest))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(latest)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_a_name_is_only_a_name(client: Client, toolkit: Toolkit):
    found = upload_and_read(client, toolkit, small_document(), "../../etc/<script>.docx")
    assert found.file_name == "<script>.docx"
    assert "<script>.docx" not in client.get(address(found)).content.decode()


def test_what_is_read_is_what_is_counted(document: DocumentImport):
    text = "".join(part.text for entry in entries_of(document) for part in entry.parts)
    assert document.characters == len("".join(text.split()))


def test_whoever_comes_too_late_is_told_so(
    client: Client, document: DocumentImport, monkeypatch: pytest.MonkeyPatch
):
    """Between reading the page's row and locking it somebody else has discarded the document."""

    def late(**_: Any) -> None:
        raise ImportFinished

    for name in ("import_rows.place_row", "imports.confirm_import", "imports.discard_import"):
        monkeypatch.setattr(f"assessments.views.{name}", late)
    posts = [
        (address(document, "import_row", row=3), {"place": "1.1 2", "version": 0}),
        (address(document, "confirm_import"), POSITION),
        (address(document, "discard_import"), {}),
    ]
    for where, data in posts:
        response = client.post(where, data, follow=True)
        assert "made a cycle of this document, or discarded it" in response.content.decode()


def test_a_finished_import_is_never_written_again(document: DocumentImport, lead: User):
    stale = DocumentImport.objects.get(pk=document.pk)
    discard_import(document=document)
    with pytest.raises(ImportFinished):
        place_row(document=stale, row=3, version=0, place=None, by=lead)
