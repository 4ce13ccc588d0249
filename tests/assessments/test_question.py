"""The question page: saving, drafts, conflicts, and what each person may do there."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from assessments.models import Answer, Cycle, Draft, EvidenceStatement, User
from assessments.services.answers import AnswerInput, StatementInput, save_question
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def address(cycle: Cycle, ref: str = "1.1", tail: str = "") -> str:
    return f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/questions/{ref}/{tail}"


def answers(cycle: Cycle, ref: str = "1.1") -> list[Answer]:
    return list(cycle.answers.filter(question__ref=ref).order_by("prompt__position"))


def slug(answer: Answer) -> str | None:
    return answer.rating.slug if answer.rating else None


def rate(answer: Answer, rating: str, **others: Any) -> dict[str, Any]:
    prefix = f"answer-{answer.pk}"
    fields = {"rating": rating, "version": answer.version, "reason": "", **others}
    return {f"{prefix}-{name}": value for name, value in fields.items()}


def evidence(slot: int | str, text: str, covers: list[int], version: int = 0) -> dict[str, Any]:
    prefix = f"evidence-{slot}"
    return {
        f"{prefix}-text": text,
        f"{prefix}-covers": covers,
        f"{prefix}-version": version,
        f"{prefix}-sensitivity": "public",
    }


def hidden_fields(html: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html):
        fields.setdefault(name, []).append(value)
    return fields


def test_lead_rates_prompts_and_writes_evidence_that_covers_two_of_them(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    first, second, _ = answers(cycle)
    data = {
        **rate(first, "green"),
        **rate(second, "not-applicable", reason="No owners here"),
        **evidence("new-1", "Minutes of the board", [1, 2]),
    }
    response = as_(lead).post(address(cycle), data)

    assert response.status_code == 302


def test_save_and_continue_goes_to_the_next_question_not_completed(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    response = as_(lead).post(address(cycle), rate(answers(cycle)[0], "green"))
    assert response["Location"] == address(cycle, "1.2")


def test_save_and_stay_says_when_it_was_saved(as_: SignIn, lead: User, cycle: Cycle) -> None:
    data = {**rate(answers(cycle)[0], "green"), "stay": "yes"}
    response = as_(lead).post(address(cycle), data, follow=True)
    assert response.redirect_chain[0][0] == address(cycle)
    assert re.search(r"Question 1\.1 saved at \d\d:\d\d", response.content.decode())


def test_each_change_has_its_author_and_is_a_version(as_: SignIn, lead: User, cycle: Cycle) -> None:
    answer = answers(cycle)[0]
    as_(lead).post(address(cycle), rate(answer, "green"))
    answer.refresh_from_db()
    assert (slug(answer), answer.version) == ("green", 1)
    assert [entry.history_user for entry in answer.history.all()] == [lead]


def test_saving_without_a_change_writes_no_history(as_: SignIn, lead: User, cycle: Cycle) -> None:
    answer = answers(cycle)[0]
    as_(lead).post(address(cycle), rate(answer, "green"))
    answer.refresh_from_db()
    as_(lead).post(address(cycle), rate(answer, "green"))
    assert answer.history.count() == 1


def test_a_form_posted_twice_adds_its_evidence_once(as_: SignIn, lead: User, cycle: Cycle) -> None:
    for _ in range(2):
        as_(lead).post(address(cycle), evidence("new-1", "Minutes", [1]))
    assert cycle.statements.count() == 1


def test_emptying_the_text_removes_the_statement_and_history_keeps_it(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    as_(lead).post(address(cycle), evidence("new-1", "Minutes", [1]))
    statement = cycle.statements.get()
    as_(lead).post(address(cycle), evidence(statement.pk, "", [1], version=1))
    assert not cycle.statements.exists()
    last = EvidenceStatement.history.filter(id=statement.pk).first()
    assert last is not None
    assert (last.history_type, last.text, last.history_user) == ("-", "Minutes", lead)


def test_question_without_prompts_is_answered_itself(as_: SignIn, lead: User, cycle: Cycle) -> None:
    [answer] = answers(cycle, "2.1")
    data = {**rate(answer, "amber"), **evidence("new-0", "On the whole question", [])}
    as_(lead).post(address(cycle, "2.1"), data)
    answer.refresh_from_db()
    assert slug(answer) == "amber"
    assert cycle.statements.get().covers == []


def test_not_applicable_asks_why_and_loses_nothing(as_: SignIn, lead: User, cycle: Cycle) -> None:
    answer = answers(cycle)[0]
    data = {**rate(answer, "not-applicable"), **evidence("new-1", "Typed with care", [1])}
    response = as_(lead).post(address(cycle), data)
    html = response.content.decode()
    assert "<title>Error: " in html
    assert f'<a href="#answer-{answer.pk}-reason">Say why' in html
    assert "Typed with care" in html
    assert Draft.objects.get(user=lead).data["evidence-new-1-text"] == ["Typed with care"]


NASTY = [
    "bell \x07 and vertical tab \x0b",
    "emoji 👩🏽‍🚒 and عربى right to left",
    "• a bullet\r\n\to another, pasted",
    '=HYPERLINK("http://example.org","click")',
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "x" * 20_000,
    "  indented and trailing  ",
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_text_is_stored_as_typed_and_shown_inert(
    as_: SignIn, lead: User, cycle: Cycle, text: str
) -> None:
    as_(lead).post(address(cycle), evidence("new-1", text, [1]))
    assert cycle.statements.get().text == text.replace("\r\n", "\n")
    html = as_(lead).get(address(cycle)).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=file" not in html


def test_too_long_a_text_is_refused_and_shown_again(as_: SignIn, lead: User, cycle: Cycle) -> None:
    response = as_(lead).post(address(cycle), evidence("new-1", "y" * 20_001, [1]))
    assert "y" * 20_001 in response.content.decode()
    assert not cycle.statements.exists()


def test_nul_is_left_out(as_: SignIn, lead: User, cycle: Cycle) -> None:
    as_(lead).post(address(cycle), evidence("new-1", "a\x00b", [1]))
    assert cycle.statements.get().text == "ab"


# Who may ------------------------------------------------------------------------------------


def test_contributor_answers_only_what_is_assigned_to_them(
    as_: SignIn, contributor: User, cycle: Cycle
) -> None:
    client = as_(contributor)
    data = rate(answers(cycle)[0], "green")
    assert client.post(address(cycle), data).status_code == 403
    assert "Save and continue" not in client.get(address(cycle)).content.decode()
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    assert client.post(address(cycle), data).status_code == 302


# Drafts -------------------------------------------------------------------------------------


def test_autosave_keeps_a_draft_that_only_its_author_sees(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
) -> None:
    response = as_(lead).post(address(cycle, tail="draft/"), evidence("new-1", "Half a", [1]))
    assert re.fullmatch(r"\d\d:\d\d", response.json()["saved_at"])
    assert "Half a" in as_(lead).get(address(cycle)).content.decode()
    assert "Half a" not in as_(chair).get(address(cycle)).content.decode()
    assert not cycle.statements.exists()


def test_draft_survives_the_end_of_the_session(as_: SignIn, lead: User, cycle: Cycle) -> None:
    page = as_(lead).get(address(cycle)).content.decode()
    token = hidden_fields(page)["draft_token"][0]
    data = {**evidence("new-1", "Typed after the time-out", [1]), "draft_token": token}
    response = Client().post(address(cycle), data)
    assert response["Location"].startswith("/account/login/?next=")
    assert "Typed after the time-out" in as_(lead).get(address(cycle)).content.decode()


def test_a_forged_draft_token_keeps_nothing(lead: User, cycle: Cycle) -> None:
    data = {**evidence("new-1", "Forged", [1]), "draft_token": "1:2:3"}
    assert Client().post(address(cycle), data).status_code == 302
    assert not Draft.objects.exists()


def test_saving_ends_the_draft(as_: SignIn, lead: User, cycle: Cycle) -> None:
    client = as_(lead)
    client.post(address(cycle, tail="draft/"), evidence("new-1", "Half", [1]))
    client.post(address(cycle), evidence("new-1", "Whole", [1]))
    assert not Draft.objects.exists()


def test_a_draft_that_says_what_is_saved_is_dropped(as_: SignIn, lead: User, cycle: Cycle) -> None:
    client = as_(lead)
    answer = answers(cycle)[0]
    client.post(address(cycle, tail="draft/"), rate(answer, ""))
    assert "haven’t saved it" not in client.get(address(cycle)).content.decode()
    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_its_page_was_saved_offers_nothing_twice(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    client = as_(lead)
    client.post(address(cycle), evidence("new-1", "Whole", [1]))
    client.post(address(cycle, tail="draft/"), evidence("new-1", "Whole", [1]))
    page = client.get(address(cycle)).content.decode()
    assert page.count("Whole</textarea>") == 1
    assert not Draft.objects.exists()


def test_a_draft_that_names_no_version_is_shown_so_that_it_can_be_saved(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    client = as_(lead)
    typed = {"evidence-new-1-text": "Half", "evidence-new-1-covers": "1"}
    client.post(address(cycle, tail="draft/"), typed)
    page = client.get(address(cycle)).content.decode()
    version = hidden_fields(page)["evidence-new-1-version"][0]
    client.post(address(cycle), {**typed, "evidence-new-1-version": version})
    assert cycle.statements.get().text == "Half"


def test_what_is_sent_after_the_question_was_given_to_somebody_else_is_kept(
    as_: SignIn, contributor: User, viewer: User, cycle: Cycle
) -> None:
    data = evidence("new-1", "Typed while it was mine", [1])
    response = as_(contributor).post(address(cycle), data)
    assert response.status_code == 403
    assert "What you typed is kept" in response.content.decode()
    assert "Typed while it was mine" in as_(contributor).get(address(cycle)).content.decode()
    assert as_(viewer).post(address(cycle), data).status_code == 403
    assert cycle.drafts.get().user == contributor
    assert not cycle.statements.exists()


def test_draft_can_be_discarded(as_: SignIn, lead: User, cycle: Cycle) -> None:
    client = as_(lead)
    client.post(address(cycle, tail="draft/"), evidence("new-1", "Half", [1]))
    client.post(address(cycle, tail="draft/discard/"))
    assert not Draft.objects.exists()


def test_what_a_rating_means_stands_beside_it_and_is_open_where_it_is_a_figure(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    page = as_(lead).get(address(cycle)).content.decode()
    assert "Means Green." in page
    beside, figures = "assessments/_rating_meanings.html", [{"label": "3", "meaning": "Duty met."}]
    assert '<details class="app-guidance">' in page
    assert '<details class="app-guidance" open>' in render_to_string(beside, {"levels": figures})


# Conflicts ----------------------------------------------------------------------------------


def test_two_people_saving_different_prompts_from_old_pages_both_win(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
) -> None:
    cycle.questions.update(assignee=contributor)
    first, second, third = answers(cycle)
    unchanged = {**rate(first, ""), **rate(second, ""), **rate(third, "")}
    as_(lead).post(address(cycle), {**unchanged, **rate(first, "green")})
    response = as_(contributor).post(address(cycle), {**unchanged, **rate(second, "red")})
    assert response.status_code == 302
    assert [slug(row) for row in answers(cycle)] == ["green", "red", None]


def conflicting_evidence(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
) -> tuple[EvidenceStatement, str]:
    """The lead saves first; the contributor's save of the same statement clashes."""
    cycle.questions.update(assignee=contributor)
    as_(lead).post(address(cycle), evidence("new-1", "One plan", [1]))
    statement = cycle.statements.get()
    as_(lead).post(address(cycle), evidence(statement.pk, "One good plan", [1], version=1))
    data = {
        **evidence(statement.pk, "One old plan", [1, 2], version=1),
        **rate(answers(cycle)[2], "amber"),
    }
    response = as_(contributor).post(address(cycle), data)
    assert response.status_code == 409
    return statement, response.content.decode()


def test_stale_save_shows_both_texts_and_saves_what_does_not_clash(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
) -> None:
    statement, html = conflicting_evidence(as_, lead, contributor, cycle)
    assert "One good plan" in html
    assert "Lena Lead" in html
    assert re.search(r"<ins>.*old</ins>", html)
    assert answers(cycle)[2].rating is not None
    statement.refresh_from_db()
    assert statement.text == "One good plan"
    assert Draft.objects.filter(user=contributor).exists()


@pytest.mark.parametrize(
    ("choice", "text", "covers"),
    [
        ("mine", "One old plan", [1, 2]),
        ("theirs", "One good plan", [1]),
        ("together", "Both plans", [1, 2]),
    ],
)
def test_each_choice_of_the_conflict_page_stands(
    as_: SignIn,
    lead: User,
    contributor: User,
    cycle: Cycle,
    choice: str,
    text: str,
    covers: list[int],
) -> None:
    statement, html = conflicting_evidence(as_, lead, contributor, cycle)
    data = {
        **hidden_fields(html),
        f"evidence-{statement.pk}-keep": choice,
        f"evidence-{statement.pk}-text-together": "Both plans",
    }
    response = as_(contributor).post(address(cycle), data)
    assert response.status_code == 302
    statement.refresh_from_db()
    assert (statement.text, statement.covers) == (text, covers)
    assert not Draft.objects.exists()


def test_evidence_removed_by_somebody_else_can_be_kept(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
) -> None:
    cycle.questions.update(assignee=contributor)
    as_(lead).post(address(cycle), evidence("new-2", "Old", [2]))
    statement = cycle.statements.get()
    as_(lead).post(address(cycle), evidence(statement.pk, "", [2], version=1))
    mine = evidence(statement.pk, "Old, improved", [2], version=1)
    response = as_(contributor).post(address(cycle), mine)
    assert response.status_code == 409
    data = {**hidden_fields(response.content.decode()), "evidence-new-2-keep": "mine"}
    as_(contributor).post(address(cycle), data)
    assert cycle.statements.get().text == "Old, improved"


def test_statement_of_another_cycle_is_out_of_reach(
    lead: User, cycle: Cycle, stranger: User
) -> None:
    other = EvidenceStatement.objects.create(
        cycle=cycle, question=cycle.questions.get(question__ref="2.2").question, text="Elsewhere"
    )
    assessment = cycle.questions.get(question__ref="1.1")
    mine = StatementInput(other.pk, 1, "Overwritten", (1,), "public")
    save_question(assessment=assessment, answers=[], statements=[mine], by=lead)
    other.refresh_from_db()
    assert other.text == "Elsewhere"


def test_same_answer_saved_at_two_versions_clashes(lead: User, cycle: Cycle) -> None:
    levels = {level.slug: level.pk for level in cycle.scale.levels.all()}
    assessment = cycle.questions.get(question__ref="1.1")
    answer = answers(cycle)[0]
    mine = [AnswerInput(answer.pk, 0, levels["green"], False, "", "public")]
    late = [AnswerInput(answer.pk, 0, levels["red"], False, "", "public")]
    assert not save_question(
        assessment=assessment, answers=mine, statements=[], by=lead
    ).has_conflicts
    result = save_question(assessment=assessment, answers=late, statements=[], by=lead)
    assert [each.theirs.rating_id for each in result.answers] == [levels["green"]]
