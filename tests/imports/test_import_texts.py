"""What the texts of a row are, where they were taken for something else."""

from typing import Any

import pytest
from django.test import Client

from assessments.imports.word.entries import Entry, Part, Role, State, sum_of
from assessments.models import Action, Cycle, DocumentImport, User
from assessments.record_builder import build_record
from assessments.services.imports import entries_of
from benchmarks.models import Toolkit
from tests.cast import SignIn, member
from tests.imports.documents import Document, saved
from tests.imports.pages import POSITION, address, place, upload_and_read

ROWS = [
    ["Prompt", "Evidence", "Action required", "RAG"],
    ["How are risks found?", "Board to meet by 1 May 2026. It is new.", "", "perhaps"],
    ["Who looks after all of them?", "They are named.", "None", "Green"],
    ["What changed?", "", "", ""],
]


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


@pytest.fixture
def document(client: Client, toolkit: Toolkit) -> DocumentImport:
    made = Document()
    made.add_paragraph("1.1 Question 1.1?")
    table = made.add_rows(ROWS)
    table.cell(2, 1).merge(table.cell(3, 1))
    made.add_paragraph("Summary")
    return upload_and_read(client, toolkit, saved(made))


def entries(document: DocumentImport) -> list[Entry]:
    document.refresh_from_db()
    found = entries_of(document)
    assert sum_of(found, document.characters).comes_out
    return found


def row_with(document: DocumentImport, words: str) -> Entry:
    return next(each for each in entries(document) if any(words in p.text for p in each.parts))


def tell(
    client: Client, document: DocumentImport, row: Entry, rating: str = "", **said: Role
) -> Any:
    """`said`: a word of a text → what that text is; the others stay what they are."""
    roles = {
        f"text-{n}": next((role for word, role in said.items() if word in part.text), part.role)
        for n, part in enumerate(row.parts)
    }
    where = address(document, "import_row_texts", row=row.number)
    return client.post(where, {"version": row.version, "rating": rating, **roles})


def confirm(client: Client, document: DocumentImport) -> Any:
    for each in entries(document):
        if each.is_for_a_person:
            place(client, document, each.number, each.place, each.version)
    client.post(address(document, "confirm_import"), POSITION)
    return build_record(Cycle.objects.get())


def test_what_was_read_as_evidence_is_an_action(client: Client, document: DocumentImport):
    row = row_with(document, "Board to meet")
    before = sum_of(entries(document), document.characters)
    response = tell(client, document, row, Board=Role.ACTION)
    assert response.url.endswith(f"#row-{row.number}")
    told = row_with(document, "Board to meet")
    assert (told.state, told.place, told.decided_by) == (State.PLACED, "1.1 1", "Lena Lead")
    assert sum_of(entries(document), document.characters) == before
    record = confirm(client, document)
    assert [each.text.value for each in record.questions["1.1"].statements] == ["They are named."]
    action = Action.objects.get()
    assert action.text == "Board to meet by 1 May 2026. It is new."
    assert str(action.due_date) == "2026-05-01"


def test_half_a_text_is_split_off_and_then_said_to_be_an_action(
    client: Client, document: DocumentImport
):
    row = row_with(document, "Board to meet")
    where = address(document, "split_import_row", row=row.number)
    client.post(where, {"version": row.version, "piece-0": 1})
    tell(client, document, row_with(document, "Board to meet"), Board=Role.ACTION)
    record = confirm(client, document)
    assert record.questions["1.1"].statements[0].text.value == "It is new."
    assert Action.objects.get().text == "Board to meet by 1 May 2026."


def test_a_rating_in_words_nobody_knows_needs_a_person_to_say_which(
    client: Client, document: DocumentImport
):
    row = row_with(document, "perhaps")
    refused = tell(client, document, row, perhaps=Role.RATING)
    content = refused.content.decode()
    assert "Choose the rating that “perhaps” stands for" in content
    assert "<title>Error: " in content
    assert row_with(document, "perhaps") == row
    tell(client, document, row, rating="amber", perhaps=Role.RATING)
    told = row_with(document, "perhaps")
    assert (told.rating, told.outcome(told.parts[-1])) == ("amber", State.PLACED)
    answers = confirm(client, document).questions["1.1"].answers
    assert [each.decision.label for each in answers] == ["Amber", "Green", "Not rated"]


def test_a_rating_in_plain_words_is_read_off_them(client: Client, toolkit: Toolkit):
    made = Document()
    made.add_paragraph("1.1 Question 1.1?")
    made.add_rows([["Prompt", "Evidence"], ["How are risks found?", "Amber"]])
    document = upload_and_read(client, toolkit, saved(made))
    tell(client, document, row_with(document, "Amber"), Amber=Role.RATING)
    assert row_with(document, "Amber").rating == "amber"


@pytest.mark.parametrize("chosen", ["red", "n/a", ""])
def test_a_row_is_rated_by_a_person_alone(client: Client, document: DocumentImport, chosen: str):
    row = row_with(document, "It is new")
    tell(client, document, row, rating=chosen)
    told = row_with(document, "It is new")
    assert (told.rating, told.not_applicable) == (chosen.strip("n/a"), chosen == "n/a")


def test_a_label_is_counted_as_one_and_left_out(client: Client, document: DocumentImport):
    before = sum_of(entries(document), document.characters)
    tell(client, document, row_with(document, "They are named"), rating="green", They=Role.LABEL)
    after = sum_of(entries(document), document.characters)
    assert after.labels - before.labels == before.placed - after.placed == len("Theyarenamed.")
    assert "They are named." not in str(confirm(client, document))


def test_what_was_taken_for_a_heading_gets_a_place(client: Client, document: DocumentImport):
    heading = row_with(document, "Summary")
    assert heading.is_label
    assert address(document, "import_row_texts", row=heading.number) in (
        client.get(address(document)).content.decode()
    )
    response = tell(client, document, heading, Summary=Role.EVIDENCE)
    assert response.url == address(document, "import_row", row=heading.number)
    told = row_with(document, "Summary")
    assert told.is_in_tray
    place(client, document, told.number, "1.1 3", told.version)
    last = confirm(client, document).questions["1.1"].statements[-1]
    assert (last.text.value, last.covers) == ("Summary", (3,))


def test_rows_that_share_a_cell_share_it_as_what_it_is_now(
    client: Client, document: DocumentImport
):
    tell(client, document, row_with(document, "They are named"), rating="green", They=Role.ACTION)
    confirm(client, document)
    action = Action.objects.get()
    assert action.text == "They are named."
    assert set(action.links.values_list("prompt__position", flat=True)) == {2, 3}


def test_on_the_front_sheet_evidence_is_a_comment_and_back_again(
    client: Client, document: DocumentImport
):
    row = row_with(document, "They are named")
    place(client, document, row.number, "benchmark:1", row.version)
    moved = row_with(document, "They are named")
    assert Part(Role.FRONT_COMMENTS, "They are named.") in moved.parts
    assert moved.left_over == []
    where = address(document, "import_row_texts", row=row.number)
    offered = client.get(where).content.decode()
    assert ">Comments</option>" in offered
    assert ">By when</option>" not in offered
    place(client, document, row.number, row.place, moved.version)
    assert row_with(document, "They are named").parts == row.parts


def test_of_two_who_say_what_it_is_the_second_is_told_and_keeps_the_choice(
    client: Client, as_: SignIn, northmere: Any, document: DocumentImport
):
    row = row_with(document, "They are named")
    tell(client, document, row, rating="red")
    other = as_(member(northmere, "lead", "Omar Other"))
    response = tell(other, document, row, rating="amber", They=Role.ACTION)
    assert response.status_code == 409
    assert "Lena Lead has changed this row meanwhile" in response.content.decode()
    form = response.context["form"]
    assert (form["rating"].value(), form["text-1"].value()) == ("amber", "action")
    assert row_with(document, "They are named").rating == "red"


@pytest.mark.parametrize("said", [{"text-1": "a fish"}, {"rating": "purple"}, {"text-0": ""}])
def test_what_a_text_cannot_be_is_refused(
    client: Client, document: DocumentImport, said: dict[str, str]
):
    row = row_with(document, "They are named")
    roles = {f"text-{n}": part.role.value for n, part in enumerate(row.parts)}
    where = address(document, "import_row_texts", row=row.number)
    response = client.post(where, {"version": row.version, "rating": "", **roles, **said})
    assert "<title>Error: " in response.content.decode()
    assert row_with(document, "They are named") == row
