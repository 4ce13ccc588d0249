"""One row of a document split into several, or joined with the one before it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.imports.word.entries import Entry, Role, State, sum_of
from assessments.imports.word.splitting import MOST_PIECES, Piece, pieces, pieces_of
from assessments.models import Action, Cycle, DocumentImport, User
from assessments.record_builder import build_record
from assessments.services.import_rows import place_row
from assessments.services.imports import entries_of
from benchmarks.models import Toolkit
from tests.cast import SignIn, member
from tests.imports.documents import Document, saved
from tests.imports.pages import POSITION, address, place, upload_and_read

EVIDENCE = "By a monthly meeting. The directors look after them.\nNothing changed."
ROWS = [
    ["Prompt", "Evidence", "Action required", "RAG"],
    ["How are risks found?", EVIDENCE, "None", "Green"],
    ["Who looks after all of them?", "", "Board to meet by Q4 25/26", "Red"],
    ["Who looks after all of them, and why?", "They are named.", "N/A", "Amber"],
]


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


@pytest.fixture
def other_lead(as_: SignIn, northmere: Any) -> Client:
    return as_(member(northmere, "lead", "Omar Other"))


@pytest.fixture
def document(client: Client, toolkit: Toolkit) -> DocumentImport:
    made = Document()
    made.add_paragraph("1.1 Question 1.1?")
    made.add_rows(ROWS)
    return upload_and_read(client, toolkit, saved(made))


def entries(document: DocumentImport) -> list[Entry]:
    document.refresh_from_db()
    found = entries_of(document)
    assert sum_of(found, document.characters).comes_out
    return found


def row_with(document: DocumentImport, words: str) -> Entry:
    return next(each for each in entries(document) if any(words in p.text for p in each.parts))


def split(client: Client, document: DocumentImport, row: Entry, *goes_to: int) -> Any:
    chosen = {f"piece-{number}": row for number, row in enumerate(goes_to)}
    where = address(document, "split_import_row", row=row.number)
    return client.post(where, {"version": row.version, **chosen})


def join(client: Client, document: DocumentImport, row: Entry, before: Entry) -> Any:
    shown = {
        "version": row.version,
        "before": before.number,
        "before_version": before.version,
    }
    return client.post(address(document, "join_import_row", row=row.number), shown)


# Pieces ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", " Two!", " Three?"]),
        ("One\nTwo", ["One", "\nTwo"]),
        ("• One\n  • Two. 3 more", ["• One", "\n  • Two.", " 3 more"]),
        ("1. One\n2. Two", ["1. One", "\n2. Two"]),
        ("Since 2021. See 1.2. More", ["Since 2021.", " See 1.2.", " More"]),
        ("e.g. schools; on 1.4.22", ["e.g. schools; on 1.4.22"]),
        ("(See it.) “Yes.” No", ["(See it.)", " “Yes.”", " No"]),
        ("", []),
    ],
)
def test_a_text_has_its_lines_and_sentences_for_pieces(text: str, found: list[str]):
    assert pieces(text) == found


def test_there_are_never_more_pieces_than_a_form_can_hold():
    found = pieces("A line.\n" * 3000)
    assert len(found) == MOST_PIECES
    assert "".join(found).count("A line.") == 3000


def test_prompt_rating_and_labels_are_no_pieces(document: DocumentImport):
    found = pieces_of(row_with(document, "monthly"))
    assert found == [
        Piece(1, Role.EVIDENCE, "By a monthly meeting."),
        Piece(1, Role.EVIDENCE, " The directors look after them."),
        Piece(1, Role.EVIDENCE, "\nNothing changed."),
        Piece(2, Role.ACTION, "None"),
    ]


# Split -----------------------------------------------------------------------------------------
def test_a_row_is_split_and_its_parts_go_to_different_places(
    client: Client, document: DocumentImport
):
    row = row_with(document, "monthly")
    page = client.get(address(document, "import_row", row=row.number)).content.decode()
    assert "Split this row" in page
    assert split(client, document, row, 0, 1, 2).status_code == 302
    first, second, third = entries(document)[2:5]
    assert [each.text(Role.EVIDENCE) for each in (first, second, third)] == [
        "By a monthly meeting.",
        "The directors look after them.",
        "Nothing changed.",
    ]
    assert (first.state, first.rating, first.number) == (State.PLACED, "green", row.number)
    assert [each.state for each in (second, third)] == [State.CHECK] * 2
    assert [each.place for each in (second, third)] == [row.place] * 2
    place(client, document, second.number, "1.1 2")
    place(client, document, third.number, "1.1 3")
    for each in entries(document):
        if each.is_for_a_person:
            place(client, document, each.number, each.place, each.version)
    client.post(address(document, "confirm_import"), POSITION)
    question = build_record(Cycle.objects.get()).questions["1.1"]
    assert [(each.text.value, each.covers) for each in question.statements][:3] == [
        ("By a monthly meeting.", (1,)),
        ("The directors look after them.", (2,)),
        ("Nothing changed.", (3,)),
    ]
    assert Action.objects.get().text == "Board to meet by Q4 25/26"


def test_a_piece_is_cut_at_words_of_ones_choice(client: Client, document: DocumentImport):
    row = row_with(document, "monthly")
    where = address(document, "cut_import_row", row=row.number)
    page = client.post(where, {"cut": "look  AFTER"})
    said = [each.said for each in page.context["pieces"]]
    assert said[:3] == ["By a monthly meeting.", "The directors", "look after them."]
    assert entries(document)[2] == row  # nothing is saved yet
    chosen = {"version": row.version, "cut": "look  AFTER", "piece-2": 1}
    client.post(address(document, "split_import_row", row=row.number), chosen)
    first, second = entries(document)[2:4]
    assert first.text(Role.EVIDENCE) == "By a monthly meeting. The directors\nNothing changed."
    assert second.text(Role.EVIDENCE) == "look after them."


@pytest.mark.parametrize(("words", "says"), [("", "Enter the words"), ("a fish", "No piece")])
def test_words_that_cut_nothing_are_told_so(
    client: Client, document: DocumentImport, words: str, says: str
):
    row = row_with(document, "monthly")
    page = client.post(address(document, "cut_import_row", row=row.number), {"cut": words})
    content = page.content.decode()
    assert says in content
    assert "<title>Error: " in content
    assert len(page.context["pieces"]) == 4


def test_a_new_row_says_where_it_comes_from(client: Client, document: DocumentImport):
    split(client, document, row_with(document, "monthly"), 0, 1)
    content = client.get(address(document)).content.decode()
    assert "Table 1, row 2, split off" in content
    assert "where the row stands that it was split from" in content


def test_from_the_tray_the_parts_go_to_the_tray(client: Client, document: DocumentImport):
    row = row_with(document, "monthly")
    place(client, document, row.number, "tray")
    split(client, document, row_with(document, "monthly"), 1)
    assert row_with(document, "monthly").is_in_tray


@pytest.mark.parametrize("chosen", [[], [0, 0, 0], [9], ["x"]])
def test_a_split_that_is_none_is_refused(
    client: Client, document: DocumentImport, chosen: list[Any]
):
    before = entries(document)
    response = split(client, document, row_with(document, "monthly"), *chosen)
    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    assert entries(document) == before


def test_rows_that_share_a_cell_share_it_with_whichever_part_has_it(
    client: Client, toolkit: Toolkit
):
    made = Document()
    made.add_paragraph("1.1 Question 1.1?")
    table = made.add_rows(
        [
            ["Prompt", "Evidence", "Action"],
            ["How are risks found?", "One of both.", "Board to meet"],
            ["Who looks after all of them?", "", ""],
        ]
    )
    table.cell(1, 1).merge(table.cell(2, 1))
    document = upload_and_read(client, toolkit, saved(made))
    split(client, document, row_with(document, "One of both"), 1)
    assert row_with(document, "One of both").split_from
    assert row_with(document, "Who looks").joined == {
        "evidence": row_with(document, "One of both").number
    }


# Joined ----------------------------------------------------------------------------------------
def test_a_row_is_joined_with_the_one_before(client: Client, document: DocumentImport):
    before, row = row_with(document, "Board to meet"), row_with(document, "They are named")
    page = client.get(address(document, "import_row", row=row.number)).content.decode()
    assert "Join with the row before" in page
    assert join(client, document, row, before).status_code == 302
    both = row_with(document, "Board to meet")
    assert (both.number, both.place, both.rating) == (before.number, before.place, "red")
    assert both.text(Role.EVIDENCE) == "They are named."
    assert row.number not in [each.number for each in entries(document)]


def test_what_was_split_can_be_joined_again(client: Client, document: DocumentImport):
    row = row_with(document, "monthly")
    split(client, document, row, 0, 1, 1)
    join(client, document, row_with(document, "directors"), row_with(document, "monthly"))
    again = row_with(document, "monthly")
    assert again.text(Role.EVIDENCE).split() == EVIDENCE.split()
    assert again.joined == {}


def test_an_action_that_is_none_leaves_the_one_it_is_joined_with_alone(
    client: Client, document: DocumentImport
):
    join(
        client, document, row_with(document, "They are named"), row_with(document, "Board to meet")
    )
    content = client.get(address(document)).content.decode()
    assert "Action: Board; Q4 25/26; not started" in content


def test_the_first_row_has_none_before_it(client: Client, document: DocumentImport):
    row = row_with(document, "monthly")
    page = client.get(address(document, "import_row", row=row.number)).content.decode()
    assert "Join with the row before" not in page
    before = entries(document)
    join(client, document, row, before[0])
    assert entries(document) == before


def test_a_join_that_says_nothing_changes_nothing(client: Client, document: DocumentImport):
    row = row_with(document, "They are named")
    before = entries(document)
    client.post(address(document, "join_import_row", row=row.number), {})
    assert entries(document) == before


# Two people ------------------------------------------------------------------------------------
def test_another_lead_goes_on_where_the_first_stopped(
    client: Client, other_lead: Client, document: DocumentImport
):
    row = row_with(document, "monthly")
    place(client, document, row.number, "1.1 3", row.version)
    start = other_lead.get("/councils/northmere/import/").content.decode()
    assert address(document) in start
    assert "decided by Lena Lead" in other_lead.get(address(document)).content.decode()
    split(other_lead, document, row_with(document, "monthly"), 0, 1)
    assert row_with(document, "monthly").place == "1.1 3"
    assert row_with(document, "directors").decided_by == "Omar Other"


def test_of_two_who_split_the_second_is_told_and_keeps_the_choice(
    client: Client, other_lead: Client, document: DocumentImport
):
    row = row_with(document, "monthly")
    split(client, document, row, 0, 0, 1)
    response = split(other_lead, document, row, 0, 2)
    assert response.status_code == 409
    content = response.content.decode()
    assert "Lena Lead has changed this row meanwhile" in content
    form = response.context["form"]
    assert [form[f"piece-{number}"].value() for number in (0, 1)] == ["0", "2"]
    assert len(entries(document)) == 6


def test_a_row_split_to_nothing_meanwhile_has_nothing_to_split(
    client: Client, other_lead: Client, document: DocumentImport
):
    row = row_with(document, "monthly")
    split(client, document, row, 1, 1, 1, 1)
    response = split(other_lead, document, row, 1)
    assert response.status_code == 409
    assert "nothing in it that could go elsewhere" in response.content.decode()


def test_of_two_who_join_the_second_is_told(
    client: Client, other_lead: Client, document: DocumentImport
):
    before, row = row_with(document, "Board to meet"), row_with(document, "They are named")
    place(client, document, before.number, "1.1 1", before.version)
    response = join(other_lead, document, row, before)
    assert response.url == address(document, "import_row", row=row.number)
    told = other_lead.get(response.url).content.decode()
    assert "Lena Lead has changed this row or the one before it meanwhile." in told
    assert row_with(document, "They are named").number == row.number


def test_who_decides_on_a_row_joined_meanwhile_is_led_back(
    client: Client, other_lead: Client, document: DocumentImport
):
    before, row = row_with(document, "Board to meet"), row_with(document, "They are named")
    join(client, document, row, before)
    for response in (
        place(other_lead, document, row.number, "1.1 3"),
        split(other_lead, document, row, 1),
        join(other_lead, document, row, before),
    ):
        assert response.url == address(document)
    content = other_lead.get(address(document)).content.decode()
    assert "Somebody has joined this row with another one meanwhile." in content


def test_a_new_row_never_takes_the_number_of_another(
    client: Client, document: DocumentImport, lead: User
):
    """A form that is open elsewhere can't hit a row it wasn't opened for."""
    last = entries(document)[-1]
    split(client, document, row_with(document, "monthly"), 0, 1)
    place_row(document=document, row=last.number, version=0, place=None, by=lead)
    assert entries(document)[-1].number == last.number
    assert entries(document)[-1].is_in_tray


def test_nor_does_it_take_the_number_of_a_row_that_was_joined(
    client: Client, other_lead: Client, document: DocumentImport
):
    last = row_with(document, "They are named")
    join(client, document, last, row_with(document, "Board to meet"))
    split(client, document, row_with(document, "monthly"), 0, 1)
    place(other_lead, document, last.number, "1.1 1", last.version)
    assert row_with(document, "directors").is_for_a_person


@pytest.mark.parametrize("name", ["import_row", "split_import_row"])
def test_the_pages_of_a_row_cost_the_same_with_many_rows(
    client: Client, toolkit: Toolkit, name: str
):
    counts = []
    for copies in (1, 60):
        made = Document()
        made.add_paragraph("1.1 Question 1.1?")
        made.add_rows([ROWS[0], *ROWS[1:] * copies])
        document = upload_and_read(client, toolkit, saved(made))
        where = address(document, name, row=row_with(document, "monthly").number)
        client.get(where)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
