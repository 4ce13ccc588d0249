"""Ratings and actions as their cells say them: by a word, a letter, or in a whole sentence."""

import datetime

import pytest

from assessments.imports.word.entries import Role, State
from tests.imports.documents import Document
from tests.imports.reading import PROMPTS, asked, entries_of, levels, record_of


def one_row(action: str, rating: str = "", ref: str = "1.2") -> Document:
    document = Document()
    asked(
        document,
        ref,
        [["Prompt", "Evidence", "Action", "RAG"], [PROMPTS[ref, 1], "We do.", action, rating]],
    )
    return document


@pytest.mark.parametrize(
    ("said", "level"),
    [
        *(("Red", "Red"), ("AMBER", "Amber"), ("G", "Green"), ("a", "Amber"), ("RAG: Red", "Red")),
        *(("Green/Green", "Green"), ("", "Not rated"), ("perhaps", "Not rated")),
    ],
)
def test_a_rating_by_word_or_by_letter(said: str, level: str):
    assert levels(record_of(one_row("", said)), "1.2")[0] == level


def test_a_rating_that_does_not_apply():
    document = one_row("", "N/A")
    assert record_of(document).questions["1.2"].answers[0].decision.not_applicable


@pytest.mark.parametrize("said", ["None", "none.", "N/A", "n/a", "Nil", "-", "No action required"])
def test_an_action_that_is_none_makes_none_and_counts_as_a_label(said: str):
    document = one_row(said)
    (entry,) = [each for each in entries_of(document) if not each.is_label]
    (part,) = [each for each in entry.parts if each.role == Role.ACTION]
    assert entry.outcome(part) == State.LABEL
    assert record_of(document).actions == ()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Board to agree the plan COMPLETE", "completed"),
        ("Actioned Nov 21", "completed"),
        ("Review the policy – DONE", "completed"),
        ("Part-complete: two of five sites visited", "in-progress"),
        ("Partially complete", "in-progress"),
        ("Training of all staff ongoing", "in-progress"),
        ("Policy to be completed by March 2022", "not-started"),
        ("Complete the risk assessment", "not-started"),
        ("Brief all head teachers", "not-started"),
    ],
)
def test_the_status_of_an_action_is_read_and_its_words_are_kept(said: str, status: str):
    (action,) = record_of(one_row(said)).actions
    assert (action.text.value, action.status) == (said, status)


@pytest.mark.parametrize(
    ("said", "date", "words"),
    [
        ("Police to brief by 1st May 2025", datetime.date(2025, 5, 1), ""),
        ("Police to brief by 1.5.25", datetime.date(2025, 5, 1), ""),
        ("Police to brief in Q4 21/22", None, "Q4 21/22"),
        ("Police to brief by end of March 2022", None, "by end of March 2022"),
        ("Police to brief by 31 February 2025", None, "February 2025"),
        ("Police to brief", None, ""),
    ],
)
def test_owner_and_due_are_read_off_an_action(said: str, date: datetime.date | None, words: str):
    (action,) = record_of(one_row(said)).actions
    assert [owner.name.value for owner in action.owners] == ["Police"]
    assert (action.text.value, action.due_date, action.due_words.value) == (said, date, words)


def test_an_action_standing_twice_is_proposed_once_with_two_links():
    document = Document()
    for ref, said in (
        ("1.2", "CSP manager to write a plan."),
        ("2.4", "CSP Manager to write a plan"),
    ):
        asked(document, ref, [["Prompt", "Evidence", "Action"], [PROMPTS[ref, 1], "Yes.", said]])
    (action,) = record_of(document).actions
    assert [(link.ref, link.position) for link in action.links] == [("1.2", 1), ("2.4", 1)]
