"""Check answers: each thing missing, and where to give it."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
    QuestionAssessment,
    User,
)
from assessments.presenters.check import Check, Kind
from assessments.presenters.cycle_rows import CycleRows
from assessments.presenters.restricted import Restricted
from benchmarks.models import Question
from tests.cast import SignIn

Found = list[tuple[str, str]]
TODAY = timezone.localdate()


def gaps(cycle: Cycle, kind: Kind) -> Found:
    """Ref and words of every gap of a kind."""
    benchmarks = Check(CycleRows(cycle)).benchmarks
    every = [gap for each in benchmarks for line in each.lines for gap in line.gaps]
    return [(gap.ref, gap.words) for gap in every if gap.kind == kind]


def question(cycle: Cycle, ref: str) -> Question:
    return Question.objects.get(benchmark__toolkit=cycle.toolkit, ref=ref)


def rate(cycle: Cycle, slug: str, **which: Any) -> None:
    level = cycle.scale.levels.get(slug=slug)
    cycle.answers.filter(**which).update(rating=level, not_applicable=False)


def state(cycle: Cycle, ref: str, *covers: int, **fields: Any) -> None:
    EvidenceStatement.objects.create(
        cycle=cycle, question=question(cycle, ref), text="Said.", covers=list(covers), **fields
    )


def act(cycle: Cycle, ref: str, position: int = 0, owner: str = "", **fields: Any) -> Action:
    action = Action.objects.create(council=cycle.council, text="Train them.", **fields)
    asked = question(cycle, ref)
    prompt = asked.prompts.filter(position=position).first()
    ActionLink.objects.create(action=action, cycle=cycle, question=asked, prompt=prompt)
    if owner:
        ActionOwner.objects.create(action=action, name=owner)
    return action


@pytest.fixture
def complete(cycle: Cycle, lead: User) -> Cycle:
    """Nothing missing."""
    rate(cycle, "green")
    for ref in ("1.1", "1.2", "2.1", "2.2"):
        state(cycle, ref)
    cycle.benchmarks.update(rating=cycle.scale.levels.get(slug="green"))
    return cycle


def test_nothing_is_missing(as_: SignIn, lead: User, complete: Cycle) -> None:
    act(complete, "1.1", owner="Jo", due_words="Q4")
    act(complete, "1.2", status="completed")
    assert Check(CycleRows(complete)).count == 0
    html = visit(as_(lead), complete)
    assert "Nothing is missing" in html
    assert "Everything written in this cycle may be published" in html
    assert "submit" not in html.lower()


def test_what_has_no_rating(complete: Cycle) -> None:
    complete.answers.filter(question__ref="1.1", prompt__position__in=[1, 3]).update(rating=None)
    complete.answers.filter(question__ref="2.1").update(rating=None)
    complete.answers.filter(question__ref="2.2").update(
        rating=None, not_applicable=True, reason="-"
    )
    assert gaps(complete, Kind.UNRATED) == [
        ("1.1", "prompt 1"),
        ("1.1", "prompt 3"),
        ("2.1", "the question"),
    ]


def test_what_is_rated_without_evidence(complete: Cycle) -> None:
    complete.statements.filter(question__ref__in=["1.1", "2.1"]).delete()
    state(complete, "1.1", 1, 3)
    assert gaps(complete, Kind.NO_EVIDENCE) == [("1.1", "prompt 2"), ("2.1", "the question")]


def test_not_applicable_needs_no_evidence_but_a_reason(complete: Cycle) -> None:
    complete.statements.filter(question__ref="1.2").delete()
    answers = complete.answers.filter(question__ref="1.2")
    answers.update(rating=None, not_applicable=True)
    assert gaps(complete, Kind.NO_EVIDENCE) == []
    assert gaps(complete, Kind.NO_REASON) == [("1.2", "prompt 1")]
    answers.update(reason="None here.")
    assert gaps(complete, Kind.NO_REASON) == []


def test_what_is_not_met_without_an_open_action(complete: Cycle) -> None:
    rate(complete, "amber", question__ref="1.1")
    rate(complete, "red", question__ref="2.2")
    act(complete, "1.1", 2)
    act(complete, "1.1", 3, status="completed")
    act(complete, "2.2")
    assert gaps(complete, Kind.NO_ACTION) == [("1.1", "prompt 1"), ("1.1", "prompt 3")]


def test_which_benchmarks_are_not_decided(complete: Cycle) -> None:
    complete.benchmarks.filter(benchmark__number=2).update(rating=None)
    assert gaps(complete, Kind.UNDECIDED) == [("", "decide the rating")]


def test_which_decisions_need_a_reason(complete: Cycle) -> None:
    rate(complete, "amber", question__ref="1.1")
    complete.benchmarks.filter(benchmark__number=2).update(rating=None, not_applicable=True)
    assert gaps(complete, Kind.NO_REASON) == [("", "give the reason")] * 2
    complete.benchmarks.update(reason="Said why.")
    assert gaps(complete, Kind.NO_REASON) == []


def test_which_open_actions_lack_owner_or_date(complete: Cycle) -> None:
    action = act(complete, "1.1")
    ActionLink.objects.create(action=action, cycle=complete, question=question(complete, "2.1"))
    act(complete, "1.2", owner="Jo", due_date=TODAY)
    act(complete, "1.2", status="completed")
    assert gaps(complete, Kind.NO_OWNER) == [("1.1", "Train them.")]
    assert gaps(complete, Kind.NO_DATE) == [("1.1", "Train them.")]


def test_which_documents_are_past_their_review(complete: Cycle) -> None:
    for days, title in ((-1, "Old plan"), (0, "Plan"), (1, "New plan")):
        EvidenceItem.objects.create(
            cycle=complete,
            question=question(complete, "2.1"),
            title=title,
            review_on=TODAY + datetime.timedelta(days=days),
        )
    assert gaps(complete, Kind.OUT_OF_DATE) == [("2.1", "Old plan")]


def test_which_unfinished_questions_nobody_has(complete: Cycle, contributor: User) -> None:
    complete.answers.filter(question__ref__in=["1.1", "1.2"]).update(rating=None)
    QuestionAssessment.objects.filter(question__ref="1.2").update(assignee=contributor)
    assert gaps(complete, Kind.UNASSIGNED) == [("1.1", "see the question")]


def visit(client: Client, cycle: Cycle) -> str:
    response = client.get(f"/councils/northmere/cycles/{cycle.pk}/check/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_gap_leads_to_a_page_that_has_the_place(
    as_: SignIn, lead: User, cycle: Cycle
) -> None:
    rate(cycle, "red", question__ref="1.1")
    act(cycle, "2.2")
    EvidenceItem.objects.create(
        cycle=cycle,
        question=question(cycle, "2.1"),
        title="Old plan",
        review_on=TODAY - datetime.timedelta(days=1),
    )
    check = Check(CycleRows(cycle), may_assign=True)
    found = [gap for each in check.benchmarks for line in each.lines for gap in line.gaps]
    assert {gap.kind for gap in found} == set(Kind) - {Kind.NO_REASON, Kind.TO_CONFIRM}
    client, html = as_(lead), visit(as_(lead), cycle)
    assert {gap.words for gap in found if gap.kind is Kind.UNASSIGNED} == {"assign it"}
    for gap in found:
        assert f'href="{gap.href}"' in html
        page, _, place = gap.href.partition("#")
        shown = client.get(page)
        assert shown.status_code == 200
        assert not place or f'id="{place}"' in shown.content.decode()


def test_the_lead_goes_on_to_submit(
    as_: SignIn, lead: User, contributor: User, complete: Cycle
) -> None:
    address = f"/councils/northmere/cycles/{complete.pk}/check/"
    onward = "Go on to review and sign-off"
    assert onward in as_(lead).get(address).content.decode()
    assert onward not in as_(contributor).get(address).content.decode()


def test_gaps_are_counted_in_words(as_: SignIn, lead: User, complete: Cycle) -> None:
    complete.answers.filter(question__ref="1.1").update(rating=None)
    complete.benchmarks.filter(benchmark__number=2).update(rating=None)
    html = re.sub(r"<[^>]+>", "", visit(as_(lead), complete))
    assert "5 gaps in 2 benchmarks" in html
    assert "3 prompts have no rating" in html
    assert "1 benchmark is not decided" in html
    assert "1 unfinished question is assigned to nobody" in html


def test_texts_that_are_not_public_are_counted_where_they_stand(
    as_: SignIn, lead: User, complete: Cycle
) -> None:
    state(complete, "1.1", sensitivity="exempt-1")
    state(complete, "1.1", 1, sensitivity="exempt-1")
    action = act(complete, "2.1", sensitivity="exempt-3")
    ActionLink.objects.create(action=action, cycle=complete, question=question(complete, "2.2"))
    ProgressUpdate.objects.create(
        action=action,
        dated_on=TODAY,
        text="Secret.",
        author_name="Jo",
        sensitivity="not-for-publication",
    )
    complete.benchmarks.filter(benchmark__number=1).update(
        comments="Secret.", comments_sensitivity="exempt-7", actions_sensitivity="exempt-7"
    )
    lines = Restricted(CycleRows(complete)).lines
    assert [(each.where, each.what, each.sensitivity, each.count) for each in lines] == [
        ("1. Local risk", "comments line", "exempt-7", 1),
        ("1.1", "evidence", "exempt-1", 2),
        ("2.1", "action", "exempt-3", 1),
        ("2.1", "progress update", "not-for-publication", 1),
    ]
    html = visit(as_(lead), complete)
    assert "5 texts will not be in public documents" in html
    assert "Evidence (2)" in html
    assert "Secret." not in html
