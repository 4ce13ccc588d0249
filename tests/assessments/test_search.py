"""Finding a question by words."""

import logging
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Action, ActionLink, Cycle, EvidenceItem, EvidenceStatement, User
from assessments.search import marked, pattern_of, snippet, words_of
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import add_earlier_cycle, fill


def address(cycle: Cycle) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/search/"


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def find(client: Client, cycle: Cycle, words: str) -> list[str]:
    response = client.post(address(cycle), {"words": words})
    assert response.status_code == 200
    return [each.ref for each in response.context["found"]]


def question(cycle: Cycle, ref: str):
    return cycle.questions.get(question__ref=ref).question


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("shared", ["1.2"]),  # a prompt
        ("QUESTION", ["1.1", "1.2", "2.1", "2.2"]),
        ("2.1", ["2.1"]),
        ("who TRAINED", ["2.2"]),  # both words, in any order
        ("trained shared", []),
        ("train", ["2.2"]),  # the beginning of a word
        ("often. how", []),
        ("?", None),
    ],
)
def test_words_find_questions(client_of_lead: Client, cycle: Cycle, words, refs):
    if refs is None:
        page = client_of_lead.post(address(cycle), {"words": words}).content.decode()
        assert "Enter a word of two letters or more" in page
    else:
        assert find(client_of_lead, cycle, words) == refs


def test_what_the_council_wrote_is_found_where_it_stands(client_of_lead: Client, cycle: Cycle):
    EvidenceStatement.objects.create(
        cycle=cycle,
        question=question(cycle, "1.1"),
        text="Évaluation by the board",
        sensitivity="exempt-7",
    )
    EvidenceItem.objects.create(
        cycle=cycle, question=question(cycle, "2.1"), title="Terms", reference="évaluation/7"
    )
    action = Action.objects.create(council=cycle.council, text="Repeat the ÉVALUATION")
    beside = question(cycle, "2.2")
    for prompt in [None, *beside.prompts.all()]:  # beside it more than once, found once
        ActionLink.objects.create(action=action, cycle=cycle, question=beside, prompt=prompt)
    response = client_of_lead.post(address(cycle), {"words": "évaluation"})
    places = {each.ref: [m.place for m in each.matches] for each in response.context["found"]}
    assert places == {"1.1": ["Evidence"], "2.1": ["Document"], "2.2": ["Action"]}
    page = response.content.decode()
    assert "<mark>Évaluation</mark> by the board" in page
    assert "<mark>ÉVALUATION</mark>" in page
    assert "Exempt: paragraph 7" in page


def test_the_question_of_that_number_comes_first(client_of_lead: Client, cycle: Cycle):
    EvidenceStatement.objects.create(
        cycle=cycle, question=question(cycle, "1.1"), text="See question 2.2"
    )
    assert find(client_of_lead, cycle, " 2.2 ") == ["2.2", "1.1"]


def test_nothing_of_another_cycle_or_council_is_found(
    client_of_lead: Client, lead: User, cycle: Cycle
):
    other = add_earlier_cycle(cycle, 2019, lead)
    EvidenceStatement.objects.create(
        cycle=other, question=question(cycle, "1.1"), text="heliotrope"
    )
    assert find(client_of_lead, cycle, "heliotrope") == []
    assert find(client_of_lead, other, "heliotrope") == ["1.1"]


def test_nothing_found_says_what_to_try(client_of_lead: Client, cycle: Cycle):
    page = client_of_lead.post(address(cycle), {"words": "heliotrope"}).content.decode()
    assert "Nothing found" in page
    assert "Try fewer words" in page
    assert 'value="heliotrope"' in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Enter a word or the number of a question"),
        ("  ", "Enter a word or the number of a question"),
        ("a", "Enter a word of two letters or more"),
        ("x" * 201, "Enter fewer words: 200 letters at most"),
        ("a\x00b", "Null characters are not allowed"),
    ],
)
def test_what_can_not_be_searched_is_explained(
    client_of_lead: Client, cycle: Cycle, words: str, message: str
):
    page = client_of_lead.post(address(cycle), {"words": words}).content.decode()
    assert "<title>Error: Find a question" in page
    assert message in page
    assert 'href="#id_words"' in page


def test_text_is_inert_and_still_marked(client_of_lead: Client, cycle: Cycle):
    EvidenceStatement.objects.create(
        cycle=cycle, question=question(cycle, "1.1"), text="<script>alert('board')</script>"
    )
    page = client_of_lead.post(address(cycle), {"words": "<script>"}).content.decode()
    assert "<script>alert" not in page
    assert "<mark>&lt;script&gt;</mark>alert" in page


def test_the_words_reach_neither_address_nor_log(
    client_of_lead: Client, cycle: Cycle, caplog: pytest.LogCaptureFixture
):
    page = client_of_lead.get(address(cycle)).content.decode()
    form = re.search(r'<form class="app-search" method="(\w+)"', page)
    assert form is not None
    assert form[1] == "post"
    caplog.set_level(logging.DEBUG)
    find(client_of_lead, cycle, "heliotrope")
    assert "heliotrope" not in caplog.text


def test_words_in_the_address_are_ignored(client_of_lead: Client, cycle: Cycle):
    response = client_of_lead.get(address(cycle), {"words": "question"})
    assert response.context["found"] is None


@given(st.text(), st.text(min_size=2))
def test_marking_and_cutting_change_no_letter(text: str, typed: str):
    words = words_of(typed)
    if not words:
        return
    pattern = pattern_of(words)
    assert "".join(piece for piece, _ in marked(text, pattern)) == text
    shown = "".join(piece for piece, _ in snippet(text, pattern))
    assert all(part in text for part in shown.removeprefix("… ").removesuffix(" …").splitlines())


@given(st.text(min_size=1), st.text(max_size=300), st.text(max_size=300))
def test_a_snippet_shows_what_was_found(word: str, before: str, after: str):
    words = words_of(word)
    if not words:
        return
    pattern = pattern_of(words)
    text = f"{before} {words[0]} {after}"
    assert any(is_match for _, is_match in snippet(text, pattern))


def test_apostrophes_are_all_one(client_of_lead: Client, cycle: Cycle):
    EvidenceStatement.objects.create(
        cycle=cycle, question=question(cycle, "1.1"), text="The council’s plan"
    )
    assert find(client_of_lead, cycle, "council's") == ["1.1"]


def test_budget(client_of_lead: Client, lead: User, cycle: Cycle):
    visit = lambda: client_of_lead.post(address(cycle), {"words": "question"})  # noqa: E731
    assert_budget("councils:search, found", visit)
    fill(cycle, lead)
    assert_budget("councils:search, found", visit)
