"""Rows of a spreadsheet that match nothing: placed by hand, or left in the tray; none is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.imports.spreadsheet.plain import KEPT, NO_ACTION, NO_MATCH
from assessments.models import Cycle, ReturnedWorkbook, User
from assessments.presenters.workbooks import in_tray
from assessments.services.conflicts import StaleSave
from assessments.services.workbook_rows import place_row
from assessments.services.workbooks import confirm_return, decide, merge_of
from assessments.workbooks.merging import LEAVE, Decided
from assessments.workbooks.rows import notes_from, said_from
from tests.cast import SignIn
from tests.workbooks.spreadsheets import HEADINGS, ROWS, named, send, typed, uploaded, workbook

CANTEEN, OTHER = 8, 9  # the rows of the sheet that match nothing


@pytest.fixture
def returned(cycle: Cycle, lead: User) -> ReturnedWorkbook:
    return named(uploaded(cycle, lead, workbook()))


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def address(returned: ReturnedWorkbook, name: str, *more: int) -> str:
    place = ["northmere", returned.cycle_id, *([returned.pk] if name != "tray" else []), *more]
    return reverse(f"councils:{name}", args=place)


def choose(client: Client, where: str, place: str) -> Any:
    return client.post(where, typed(client.get(where), place=place), follow=True)


def test_rows_without_a_place_wait_to_be_placed(client: Client, cycle: Cycle) -> None:
    page = send(client, cycle, workbook())
    review = client.post(page.redirect_chain[-1][0], typed(page), follow=True).content.decode()
    assert "2 rows</a> without a place." in review
    assert "A canteen." in review
    returned = ReturnedWorkbook.objects.get()
    assert f'href="{address(returned, "workbook_row", CANTEEN)}"' in review
    row = client.get(address(returned, "workbook_row", CANTEEN)).content.decode()
    for heading, text in zip(HEADINGS, ROWS[5], strict=True):
        assert not text or f"{heading}</dt>" in row
    assert "1.1, prompt 3" in row


def test_a_placed_row_is_read_there_and_written_when_confirmed(
    client: Client, cycle: Cycle, returned: ReturnedWorkbook
) -> None:
    onwards = choose(client, address(returned, "workbook_row", CANTEEN), "1.1 3")
    assert onwards.redirect_chain[-1][0] == address(returned, "workbook_row", OTHER)
    back = choose(client, address(returned, "workbook_row", OTHER), "tray")
    assert back.redirect_chain[-1][0] == address(returned, "returned_workbook")
    client.post(address(returned, "confirm_workbook"))
    statement = cycle.statements.get(text="A canteen.")
    assert (statement.question.ref, statement.covers) == ("1.1", [3])
    answer = cycle.answers.get(question__ref="1.1", prompt__position=3)
    assert answer.rating == cycle.scale.levels.get(slug="red")


def test_what_stays_without_a_place_is_found_in_the_tray_of_the_cycle(
    as_: SignIn, chair: User, lead: User, cycle: Cycle, returned: ReturnedWorkbook
) -> None:
    task_list = reverse("councils:cycle", args=["northmere", cycle.pk])
    tray = address(returned, "tray")
    reader = as_(chair)
    assert tray not in reader.get(task_list).content.decode()
    place_row(returned=returned, row=CANTEEN, version=0, where=None, by=lead)
    confirm_return(returned=returned, by=lead)
    assert f'href="{tray}"' in reader.get(task_list).content.decode()
    content = reader.get(tray).content.decode()
    for words in ("own.xlsx", "A canteen.", KEPT, "Of another toolkit", NO_MATCH, "row 9"):
        assert words in content


def test_every_word_of_the_file_is_placed_in_the_tray_or_a_heading(
    cycle: Cycle, lead: User
) -> None:
    """The texts of the columns that were named, and where each of them is found."""
    rows = [
        *ROWS,
        ["2.1", "", "", "Greenish", "", "Nobody", ""],
        ["9.8", "", "Lost?", "", "", "", ""],
    ]
    returned = named(uploaded(cycle, lead, workbook([HEADINGS, *rows])))
    said = [text for each in said_from(returned.said) for text in [each.value, *each.more.values()]]
    kept = "\n".join([*said, *(note.text for note in notes_from(returned.notes))])
    understood = {"None", "Green", "A", "G", "31/3/2026", "Licensing; Police"}
    lost = [t for row in rows for t in row[2:] if t and t not in understood and t not in kept]
    assert lost == []
    assert {"green", "amber", "2026-03-31", "Licensing\nPolice"} <= {*said}
    assert (NO_ACTION, "Nobody") in [(e.says, e.text) for e in notes_from(returned.notes)]


def test_a_row_that_was_found_a_place_can_be_moved_and_back(
    client: Client, returned: ReturnedWorkbook
) -> None:
    where = address(returned, "workbook_row", 4)  # “How are the risks found?”
    page = client.get(where)
    assert page.context["form"].initial == {"place": "1.1 1", "version": 0}
    assert "Move its row" in client.get(address(returned, "returned_workbook")).content.decode()
    before = returned.said
    choose(client, where, "2.2 1")
    returned.refresh_from_db()
    moved = [(e.ref, e.position) for e in said_from(returned.said) if e.number // 10 == 4]
    assert moved == [("2.2", 1), ("2.2", 1)]
    choose(client, where, "1.1 1")
    returned.refresh_from_db()
    assert returned.said == before


def test_a_choice_about_the_old_place_is_forgotten(returned: ReturnedWorkbook, lead: User) -> None:
    number = said_from(returned.said)[0].number
    decide(returned=returned, number=number, version=0, decided=Decided(LEAVE, by="Lena"))
    after = place_row(returned=returned, row=4, version=0, where=("2.2", 1), by=lead)
    (change,) = (each for each in merge_of(after).changes if each.said.number == number)
    assert (change.choice, change.is_taken) == ("", True)
    with pytest.raises(StaleSave):  # somebody who still looks at the old page
        decide(returned=returned, number=number, version=1, decided=Decided(LEAVE))


def test_two_who_place_a_row_at_once_are_told(client: Client, returned: ReturnedWorkbook) -> None:
    where = address(returned, "workbook_row", CANTEEN)
    old = typed(client.get(where), place="2.2 1")
    choose(client, where, "1.1 3")
    late = client.post(where, old)
    assert late.status_code == 409
    content = late.content.decode()
    assert "Lena Lead has placed this row meanwhile: it goes to 1.1, prompt 3." in content
    returned.refresh_from_db()
    assert returned.placed[str(CANTEEN)]["where"] == ["1.1", 3]
    client.post(where, typed(late) | {"place": "2.2 1", "version": 1})
    returned.refresh_from_db()
    assert returned.placed[str(CANTEEN)]["where"] == ["2.2", 1]


def test_two_rows_that_rate_one_prompt_differently_wait_for_a_person(
    returned: ReturnedWorkbook, client: Client, lead: User
) -> None:
    after = place_row(returned=returned, row=CANTEEN, version=0, where=("1.1", 1), by=lead)
    waiting = merge_of(after).waiting
    assert [(e.said.value, e.said.ref, e.said.position) for e in waiting] == [
        ("green", "1.1", 1),
        ("red", "1.1", 1),
    ]
    for each in waiting:
        where = address(returned, "workbook_change", each.said.number)
        assert "only one of them can be taken" in client.get(where).content.decode()
        client.post(where, typed(client.get(where), choice="take"))
    refused = client.post(address(returned, "confirm_workbook")).content.decode()
    assert "another row says something else here. Leave one out." in refused


@pytest.mark.parametrize("row", [2, 99])
def test_a_heading_or_a_row_that_is_not_there_is_not_found(
    client: Client, returned: ReturnedWorkbook, row: int
) -> None:
    assert client.get(address(returned, "workbook_row", row)).status_code == 404


def test_naming_the_columns_again_keeps_what_could_not_be_read(cycle: Cycle, lead: User) -> None:
    rows = [HEADINGS, ["2.1", "", "=1+1", "Green", "", "", ""]]
    returned = named(named(uploaded(cycle, lead, workbook(rows))))
    (note,) = notes_from(returned.notes)
    assert (note.place, in_tray(returned)) == ("Sheet, row 3", [])
