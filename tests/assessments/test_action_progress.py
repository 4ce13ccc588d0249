"""Actions on their way: progress, when they are due, removed, in the list."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from assessments.forms.actions import quarter_of
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    ProgressUpdate,
    User,
)
from assessments.presenters.actions import when
from tests.assessments.acting import (
    TODAY,
    add_address,
    address,
    as_filled,
    filled,
    make,
    places,
    words,
)
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import fill


def test_progress_is_dated_and_takes_its_quarter_from_the_date(
    page: Client, cycle: Cycle, lead: User
) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/progress/add/?at=1.1")
    sent = {
        "text": "Half are trained.",
        "next_steps": "Train the rest.",
        "dated_on_0": "31",
        "dated_on_1": "12",
        "dated_on_2": "2025",
        "sensitivity": "exempt-3",
    }
    for _ in range(2):
        page.post(link, sent)
    page.post(
        link,
        {**sent, "text": "All are.", "quarter": "Spring", "dated_on_1": "1", "dated_on_2": "2026"},
    )
    newest, first = action.updates.all()
    assert (first.quarter, newest.quarter) == ("Q3 2025/26", "Spring")
    assert (first.author_name, first.history.get().history_user) == ("Lena Lead", lead)
    shown = words(page.get(address(cycle, f"actions/{action.pk}/")))
    assert shown.index("All are.") < shown.index("Half are trained.")
    assert "Next: Train the rest." in shown
    assert "Exempt: paragraph 3" in shown
    beside = words(page.get(address(cycle, "questions/1.1/")))
    assert "Spring: All are." in beside


@pytest.mark.parametrize(
    ("date", "quarter"),
    [
        ((2025, 3, 31), "Q4 2024/25"),
        ((2025, 4, 1), "Q1 2025/26"),
        ((2025, 9, 30), "Q2 2025/26"),
        ((1999, 12, 31), "Q3 1999/00"),
        ((2000, 1, 1), "Q4 1999/00"),
    ],
)
def test_the_financial_year_begins_in_april(date: tuple[int, int, int], quarter: str) -> None:
    assert quarter_of(datetime.date(*date)) == quarter


def test_progress_in_the_future_is_refused(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/progress/add/")
    sent = {"text": "Done.", "dated_on_0": "1", "dated_on_1": "1", "dated_on_2": "2999"}
    response = page.post(link, {**sent, "sensitivity": "public"})
    assert "must be today or in the past" in words(response)
    assert not ProgressUpdate.objects.exists()


def test_removing_from_one_question_leaves_the_others(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    other = cycle.questions.get(question__ref="2.2").question
    ActionLink.objects.create(action=action, cycle=cycle, question=other)
    link = address(cycle, f"actions/{action.pk}/remove/?at=1.1")
    asked = words(page.get(link))
    assert "Only from question 1.1" in asked
    assert "From every question of this cycle" in asked
    assert "Choose where it should be removed" in words(page.post(link))
    page.post(link, {"scope": "1.1"})
    assert places(action) == [("2.2", 0)]


def test_removed_everywhere_it_is_gone_and_its_history_stays(
    page: Client, cycle: Cycle, lead: User
) -> None:
    action = make(cycle, owner=lead)
    other = cycle.questions.get(question__ref="2.2").question
    ActionLink.objects.create(action=action, cycle=cycle, question=other)
    ProgressUpdate.objects.create(action=action, dated_on=TODAY, text="Begun.", author_name="Jo")
    page.post(address(cycle, f"actions/{action.pk}/remove/"), {"scope": "everywhere"})
    assert not Action.objects.exists()
    for model in (Action, ActionOwner, ActionLink, ProgressUpdate):
        gone = model.history.filter(history_type="-")
        assert gone.exists()
        assert {row.history_user for row in gone} == {lead}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_date": TODAY - datetime.timedelta(days=12)}, "overdue by 12 days"),
        ({"due_date": TODAY - datetime.timedelta(days=1)}, "overdue by 1 day"),
        ({"due_date": TODAY}, "due today"),
        ({"due_date": datetime.date(2999, 3, 3)}, "due 3 March 2999"),
        ({"due_words": "Q4 21/22"}, "due Q4 21/22"),
        ({}, "no date"),
        ({"status": "completed", "due_date": datetime.date(2020, 1, 1)}, "completed"),
        (
            {"status": "completed", "completed_on": datetime.date(2021, 5, 4)},
            "completed 4 May 2021",
        ),
    ],
)
def test_when_it_is_due_in_words(fields: dict[str, Any], words: str) -> None:
    assert when(Action(**fields), TODAY) == words


def test_the_list_filters_and_counts(
    page: Client, cycle: Cycle, lead: User, contributor: User
) -> None:
    yesterday = TODAY - datetime.timedelta(days=1)
    make(cycle, text="Mine, late.", owner=lead, due_date=yesterday)
    make(cycle, text="Theirs, later.", owner=contributor, due_words="Q4")
    make(cycle, text="Nobody’s.", due_date=TODAY)
    make(cycle, text="Mine, done.", owner=lead, status="completed", due_date=yesterday)
    Action.objects.create(council=cycle.council, text="In no cycle.")
    shown = words(page.get(address(cycle, "actions/")))
    for count in (
        "Open (3)",
        "Mine (1)",
        "Overdue (1)",
        "Without owner (1)",
        "Without date (0)",
        "Completed (1)",
        "All (4)",
    ):
        assert count in shown
    for show, texts in {
        "": ["Mine, late.", "Nobody’s.", "Theirs, later."],
        "mine": ["Mine, late."],
        "overdue": ["Mine, late."],
        "no-owner": ["Nobody’s."],
        "completed": ["Mine, done."],
        "all": ["Mine, late.", "Nobody’s.", "Theirs, later.", "Mine, done."],
        "nonsense": ["Mine, late.", "Nobody’s.", "Theirs, later."],
    }.items():
        html = page.get(address(cycle, f"actions/?show={show}")).content.decode()
        found = re.findall(r'app-user-text" id="action-\d+-text">([^<]+)<', html)
        assert found == texts, show
    assert "No actions here" in words(page.get(address(cycle, "actions/?show=no-date")))


def test_the_list_is_paged(page: Client, cycle: Cycle) -> None:
    for number in range(27):
        make(cycle, text=f"Action number {number}.")
    first = page.get(address(cycle, "actions/")).content.decode()
    assert first.count("<article") == 25
    second = page.get(address(cycle, "actions/?show=open&page=2")).content.decode()
    assert second.count("<article") == 2
    assert page.get(address(cycle, "actions/?page=rubbish")).status_code == 200


def test_from_the_list_one_comes_back_to_it(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/?back=actions")
    assert link.replace("&", "&amp;") in page.get(address(cycle, "actions/")).content.decode()
    assert page.post(link, as_filled(action, text="New.")).url == address(cycle, "actions/")


def test_text_stays_inert(page: Client, cycle: Cycle) -> None:
    text = '<script>alert(1)</script>=HYPERLINK("x")'
    page.post(add_address(cycle), filled(text=text, owners=["<b>Jo</b>"], due_words="<i>soon</i>"))
    assert Action.objects.get().text == text
    for more in ("actions/", "questions/1.1/", f"actions/{Action.objects.get().pk}/", "check/"):
        html = page.get(address(cycle, more)).content.decode()
        assert "<script>alert" not in html
        assert "<b>Jo" not in html


@pytest.mark.parametrize("where", ["actions/", "actions/?show=all"])
def test_the_lists_cost_does_not_grow_for_a_contributor(
    as_: SignIn, contributor: User, lead: User, cycle: Cycle, where: str
) -> None:
    make(cycle, owner=contributor)
    client = as_(contributor)
    assert_budget("councils:actions, contributor", lambda: client.get(address(cycle, where)))
    fill(cycle, lead)
    assert_budget("councils:actions, contributor", lambda: client.get(address(cycle, where)))
