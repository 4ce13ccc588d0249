"""A spreadsheet of a partner's own: its columns are named, its rows placed, nothing overwritten."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.grid import MOST_ROWS, Grid, read_csv
from assessments.imports.spreadsheet.plain import NO_MATCH, guess
from assessments.models import Cycle, ReturnedWorkbook, User
from assessments.services.answers import AnswerInput, save_question
from assessments.services.workbooks import confirm_return, merge_of
from assessments.workbooks.rows import notes_from, said_from
from tests.cast import SignIn
from tests.workbooks.spreadsheets import COLUMNS, named, send, typed, uploaded, workbook


def test_columns_are_guessed_by_their_headings(cycle: Cycle, lead: User) -> None:
    found = guess(Grid.read(uploaded(cycle, lead, workbook()).sheets[0]))
    assert (found.heading, found.columns) == (2, COLUMNS)


def test_rows_are_placed_by_number_by_words_and_by_the_rows_above(cycle: Cycle, lead: User) -> None:
    returned = named(uploaded(cycle, lead, workbook()))
    places = [(s.cell, s.ref, s.position, s.value) for s in said_from(returned.said)]
    assert places == [
        ("rating", "1.1", 1, "green"),
        ("evidence", "1.1", 1, "By a meeting."),
        ("rating", "1.1", 2, "amber"),
        ("evidence", "1.1", 2, "The directors."),
        ("action", "1.1", 2, "Tell all"),
        ("rating", "2.1", 0, "green"),
        ("evidence", "2.1", 0, "All staff are."),
        ("evidence", "2.2", 1, "Managers."),
    ]


def test_rows_that_match_nothing_are_listed_with_their_words(cycle: Cycle, lead: User) -> None:
    returned = named(uploaded(cycle, lead, workbook()))
    found = [(note.says, note.text.splitlines()[-2:]) for note in notes_from(returned.notes)]
    assert found == [
        (NO_MATCH, ["Current position: A canteen.", "RAG: Red"]),
        (NO_MATCH, ["Prompt: Of another toolkit", "Current position: Nothing."]),
    ]


def test_confirmed_it_is_written_with_its_readers_and_its_name_in_the_history(
    cycle: Cycle, lead: User
) -> None:
    returned = named(uploaded(cycle, lead, workbook()), readers="exempt-3")
    confirm_return(returned=returned, by=lead)
    texts = cycle.statements.order_by("question__ref", "pk").values_list("text", "sensitivity")
    assert list(texts) == [
        ("By a meeting.", "exempt-3"),
        ("The directors.", "exempt-3"),
        ("All staff are.", "exempt-3"),
        ("Managers.", "exempt-3"),
    ]
    action = cycle.council.actions.get()
    assert (action.text, str(action.due_date), action.sensitivity) == (
        "Tell all",
        "2026-03-31",
        "exempt-3",
    )
    assert {owner.name for owner in action.owners.all()} == {"Licensing", "Police"}
    row = cycle.statements.first()
    assert row.history.get().history_change_reason == "From the spreadsheet “own.xlsx”"  # type: ignore[union-attr]


def test_what_is_saved_is_never_overwritten_without_a_person(cycle: Cycle, lead: User) -> None:
    answer = cycle.answers.get(question__ref="1.1", prompt__position=1)
    red = cycle.scale.levels.get(slug="red").pk
    save_question(
        assessment=cycle.questions.get(question__ref="1.1"),
        answers=[AnswerInput(answer.pk, 0, red, False, "", "public")],
        statements=[],
        by=lead,
    )
    merge = merge_of(named(uploaded(cycle, lead, workbook())))
    (conflict,) = merge.waiting
    assert (conflict.said.ref, conflict.now, conflict.said.value) == ("1.1", "red", "green")


def test_uploaded_twice_it_is_written_once(cycle: Cycle, lead: User) -> None:
    for expected in (8, 0):
        returned = named(uploaded(cycle, lead, workbook()))
        assert len(merge_of(returned).changes) == expected
        confirm_return(returned=returned, by=lead)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_csv_is_read_as_excel_saves_it(
    cycle: Cycle, lead: User, delimiter: str, encoding: str
) -> None:
    stream = io.StringIO()
    rows = [["Ref", "Evidence"], ["2.1", "The council’s staff,\nall of them"]]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    returned = named(uploaded(cycle, lead, stream.getvalue().encode(encoding), "own.csv"))
    (said,) = said_from(returned.said)
    assert said.value.replace("\r", "") == "The council’s staff,\nall of them"


@pytest.mark.parametrize("data", [b"", b"\n\n,,\n", b"a\x00b", b"a,b\n" * (MOST_ROWS + 1)])
def test_a_csv_that_is_none_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(ImportProblems) as refused:
        read_csv(data)
    assert refused.value.messages[0].endswith(".")


# On its pages -------------------------------------------------------------------------------
@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def test_a_person_names_the_columns_and_may_do_so_again(client: Client, cycle: Cycle) -> None:
    page = send(client, cycle, workbook())
    content = page.content.decode()
    assert "What do the columns hold?" in content
    assert "Current position · By a meeting." in content
    where = page.redirect_chain[-1][0]
    review = client.post(where, typed(page, column_4=""), follow=True)
    assert "<strong>5</strong> changes" in review.content.decode()
    again = client.post(where, typed(page), follow=True)
    assert "<strong>8</strong> changes" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"column_1": "", "column_2": ""}, "Choose the column that names the question"),
        ({"column_3": "", "column_4": "", "column_5": ""}, "Choose a column of ratings"),
        ({"column_3": "rating"}, "Choose one column for “Rating”, not two"),
        ({"heading": ""}, "Enter the row of the headings, or 0"),
    ],
)
def test_a_choice_that_cannot_be_read_is_asked_again(
    client: Client, cycle: Cycle, changes: dict[str, str], says: str
) -> None:
    page = send(client, cycle, workbook())
    refused = client.post(page.redirect_chain[-1][0], typed(page, **changes))
    assert says in refused.content.decode()
    assert "<title>Error: " in refused.content.decode()


def test_a_sheet_that_is_not_there_is_not_found(client: Client, cycle: Cycle) -> None:
    page = send(client, cycle, workbook())
    where = page.redirect_chain[-1][0]
    assert client.get(f"{where}?sheet=7").status_code == 404
    assert client.get(f"{where}?sheet=-1").status_code == 200


def test_the_review_waits_until_the_columns_are_named(client: Client, cycle: Cycle) -> None:
    send(client, cycle, workbook())
    returned = ReturnedWorkbook.objects.get()
    review = reverse("councils:returned_workbook", args=["northmere", cycle.pk, returned.pk])
    columns = reverse("councils:workbook_columns", args=["northmere", cycle.pk, returned.pk])
    confirm = reverse("councils:confirm_workbook", args=["northmere", cycle.pk, returned.pk])
    for response in (client.get(review), client.get(confirm), client.post(confirm)):
        assert response["Location"] == columns
