"""The next cycle on a correction of the edition: each thing stands where it stood, to be
confirmed."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.carrying import Kind, Plan, characters
from assessments.models import (
    Action,
    ActionLink,
    ActionStatus,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    User,
)
from assessments.presenters.new_edition import StartPreview
from assessments.progress import progress_of, total
from assessments.services.cycles import PlanChanged, plan_between, start_cycle
from benchmarks.editions.storing import as_document, load
from benchmarks.models import Prompt, Toolkit
from tests.carrying import NEXT_YEAR, answer, question, rate
from tests.cast import SignIn

AT_11 = "benchmark 1, question 1.1 of 2025/26"
AT_12 = "benchmark 1, question 1.2 of 2025/26"
ASKED: dict[str, list[str]] = {
    # The first is reworded, the second gone, the third moved up; 1.2 is gone.
    "1.1": ["How are local risks found?", "What changed?"],
    "1.3": ["Who is told?"],
    "2.1": [],
    "2.2": ["By whom?", "Who is trained?", "How often?"],
}


def corrected(toolkit: Toolkit, slug: str = "small-2", **asked: list[str]) -> Toolkit:
    document = as_document(Toolkit.objects.with_contents().get(pk=toolkit.pk))
    document |= {"slug": slug, "title": "Small toolkit, corrected", "corrects": toolkit.slug}
    model = document["benchmarks"][0]["questions"][0]
    for benchmark in document["benchmarks"]:
        benchmark["questions"] = [
            {**model, "ref": ref, "text": f"Question {ref}?", "prompts": prompts}
            for ref, prompts in (asked or ASKED).items()
            if ref.startswith(str(benchmark["number"]))
        ]
    third = {**model, "ref": "3.1", "prompts": ["What is new?"]}
    new = {**document["benchmarks"][0], "number": 3, "short_title": "New", "questions": [third]}
    document["benchmarks"] = [*document["benchmarks"][:2], new]
    ((stored, _),) = load([document])
    return stored


@pytest.fixture
def correction(toolkit: Toolkit) -> Toolkit:
    return corrected(toolkit)


def prompt(cycle: Cycle, ref: str, position: int) -> Prompt:
    return question(cycle, ref).prompts.get(position=position)


@pytest.fixture
def old(last: Cycle) -> Cycle:
    """2025/26 with something at every place that changes."""
    rate(answer(last, "1.2", 1), "green")
    owned = answer(last, "1.1", 2)
    owned.reason = "The board does."
    owned.save()
    rate(answer(last, "2.2", 1), "red")
    texts = {"Second": ("1.1", [2]), "Last two": ("1.1", [2, 3]), "Shared": ("1.2", [1])}
    texts |= {"Whole training": ("2.1", []), "Yearly": ("2.2", [1, 2])}
    for text, (ref, covers) in texts.items():
        place = {"cycle": last, "question": question(last, ref)}
        EvidenceStatement.objects.create(**place, text=text, covers=covers)
        EvidenceItem.objects.create(**place, title=f"On {text}", reference="CS/1")
    act(last, "At two", ("1.1", 3), ("2.2", 1))
    act(last, "At what is gone", ("1.2", 1), ("1.1", 2), ("1.1", 0))
    return last


def act(cycle: Cycle, text: str, *places: tuple[str, int]) -> None:
    fields = {"council": cycle.council, "text": text, "status": ActionStatus.IN_PROGRESS}
    action = Action.objects.create(**fields)
    for ref, position in places:
        at = prompt(cycle, ref, position) if position else None
        ActionLink.objects.create(
            action=action, cycle=cycle, question=question(cycle, ref), prompt=at
        )


def begin(old: Cycle, toolkit: Toolkit, by: User, scale: str = "rag", **more: Any) -> Cycle:
    return start_cycle(
        council=old.council,
        toolkit=toolkit,
        scale=toolkit.scales.get(slug=scale),
        start_from=old,
        **{**NEXT_YEAR, **more},
        by=by,
    )


def planned(old: Cycle, toolkit: Toolkit, scale: str = "rag") -> Plan:
    return plan_between(old, toolkit, toolkit.scales.get(slug=scale))


@pytest.fixture
def new(old: Cycle, correction: Toolkit, lead: User) -> Cycle:
    return begin(old, correction, lead)


def test_evidence_stands_beside_the_prompts_that_it_spoke_of(new: Cycle):
    rows = new.statements.select_related("question")
    assert {row.text: (row.question.ref, row.covers) for row in rows} == {
        "A profile is kept.": ("1.1", [1, 2]),
        "The board asks.": ("1.1", []),
        "Second": ("1.1", []),
        "Last two": ("1.1", [2]),
        "Shared": ("1.1", []),
        "Whole training": ("2.1", []),
        "Yearly": ("2.2", [2, 3]),
    }
    profile, shared = (rows.get(text=text) for text in ("A profile is kept.", "Shared"))
    assert (profile.sensitivity, profile.carried_from) == ("exempt-7", AT_11)
    assert shared.carried_from == AT_12


def test_documents_stay_with_their_question(old: Cycle, new: Cycle):
    found = dict(new.evidence_items.values_list("title", "question__ref"))
    assert found["On Yearly"] == "2.2"
    assert found["On Whole training"] == "2.1"
    assert found["On Shared"] == found["Local profile"] == "1.1"
    assert len(found) == old.evidence_items.count()
    profile = new.evidence_items.get(title="Local profile")
    assert profile.dated_on == datetime.date(2025, 6, 1)


def test_an_action_stands_at_each_of_its_places(new: Cycle):
    rows = new.action_links.values_list(
        "action__text", "question__ref", "prompt__position", "carried_from"
    )
    at_22 = "benchmark 2, question 2.2 of 2025/26"
    assert set(rows) == {
        ("Share it", "1.1", None, AT_11),
        ("At two", "1.1", 2, AT_11),
        ("At two", "2.2", 2, at_22),
        ("At what is gone", "1.1", None, AT_12),
    }
    assert len(rows) == 4


def test_answers_come_along_on_the_same_scale(new: Cycle):
    said = {
        (row.question.ref, row.prompt and row.prompt.position): (
            row.rating.label if row.rating else "",
            row.reason,
        )
        for row in new.answers.all()
        if row.version
    }
    assert said == {
        ("1.1", 1): ("Green", ""),
        ("1.1", 2): ("Green", ""),
        ("2.1", None): ("", "None here."),
        ("2.2", 2): ("Red", ""),
    }
    whole = answer(new, "2.1")
    assert (whole.not_applicable, whole.history.count()) == (True, 1)
    assert answer(new, "1.1", 2).carried_from == AT_11
    assert {row.rating.scale_id for row in new.answers.exclude(rating=None)} == {new.scale_id}


def test_the_judgement_comes_along(new: Cycle):
    row = new.benchmarks.get(benchmark__number=1)
    assert (row.rating.label, row.reason, row.actions) == ("Green", "We know.", "Share it")
    assert row.carried_from == "benchmark 1 of 2025/26"


def test_all_of_it_waits_to_be_confirmed(new: Cycle):
    for rows in (new.statements, new.evidence_items, new.action_links):
        assert not rows.filter(to_confirm=False).exists()
    for decisions in (new.answers, new.benchmarks):
        assert not decisions.filter(version__gt=0, to_confirm=False).exists()
        assert not decisions.filter(version=0, to_confirm=True).exists()
    assert total(progress_of(new)[new.pk]).answered == 0


def test_what_has_no_place_is_listed_and_the_sum_comes_out(old: Cycle, correction: Toolkit):
    plan = planned(old, correction)
    preview = StartPreview(plan, old, correction)
    assert {(row.benchmark.number, row.what, row.why) for row in preview.remainders} == {
        (1, "1 answer", "the new edition has no such prompt to give it to"),
        (1, "1 answer", "the new edition has no such question to give it to"),
        (1, "1 action", "completed"),
    }
    assert characters(plan.left_behind) == len("The board does.") + len("Done")
    source = (
        sum(len(row.text) for row in old.statements.all())
        + sum(len(row.title) + len(row.reference) for row in old.evidence_items.all())
        + sum(len(r.actions) + len(r.comments) + len(r.reason) for r in old.benchmarks.all())
        + sum(len(row.reason) for row in old.answers.all())
        + sum(len(action.text) for action in old.council.actions.all())
    )
    assert characters(plan.carried) + characters(plan.left_behind) == source


def test_what_is_previewed_is_what_is_written(
    old: Cycle, correction: Toolkit, as_: SignIn, lead: User
):
    client = as_(lead)
    scale = correction.scales.get(slug="rag")
    day = {"as_at_0": "1", "as_at_1": "12", "as_at_2": "2026"}
    data = {"start_from": str(old.pk), "scale": str(scale.pk), "period": "2026/27", **day}
    response = client.post("/councils/northmere/cycles/start/", data)
    preview = response.context["preview"]
    page = response.content.decode()
    assert "2 answers, 5 evidence texts" in page
    assert "New in this edition" in page
    data |= {"preview": preview.plan.digest}
    client.post("/councils/northmere/cycles/start/", data)
    new = Cycle.objects.get(period="2026/27")
    written = {
        Kind.ANSWER: new.answers.filter(version__gt=0).count(),
        Kind.EVIDENCE: new.statements.count(),
        Kind.DOCUMENT: new.evidence_items.count(),
        Kind.ACTION: new.action_links.values("action").distinct().count(),
    }
    assert written == {
        kind: len([each for each in preview.plan.carried if each.kind is kind]) for kind in written
    }


@pytest.mark.parametrize("what", ["rating", "covers", "prompt"])
def test_a_preview_is_out_of_date_once_a_place_or_a_rating_has_changed(
    what: str, old: Cycle, correction: Toolkit, lead: User
):
    seen = planned(old, correction).digest
    if what == "rating":
        old.answers.filter(question__ref="2.2", prompt__position=1).update(
            rating=old.scale.levels.get(slug="amber")
        )
    elif what == "covers":
        old.statements.filter(text="Yearly").update(covers=[1])
    else:
        links = old.action_links.filter(action__text="At two", question__ref="2.2")
        links.update(prompt=prompt(old, "2.2", 2))
    with pytest.raises(PlanChanged):
        begin(old, correction, lead, previewed=seen)


def test_on_another_scale_no_answer_comes_along(old: Cycle, correction: Toolkit, lead: User):
    plan = planned(old, correction, "progress")
    reasons = {each.texts: each.why for each in plan.left_behind if each.kind is Kind.REASON}
    says = "it explains a rating, and ratings are shown beside, not converted"
    assert reasons == dict.fromkeys([("The board does.",), ("None here.",), ("We know.",)], says)
    new = begin(old, correction, lead, "progress")
    assert not new.answers.filter(version__gt=0).exists()
    assert new.statements.get(text="Yearly").covers == [2, 3]


def test_a_question_that_lost_its_prompts_or_got_some_is_not_guessed_at(
    old: Cycle, toolkit: Toolkit
):
    other = corrected(toolkit, **{"1.1": [], "2.1": ["Now asked?"]})
    answers = [each for each in planned(old, other).pieces if each.kind is Kind.ANSWER]
    assert not [each for each in answers if each.targets]
    assert all(each.why for each in answers)


def test_past_a_correction_that_was_corrected_itself(
    old: Cycle, correction: Toolkit, as_: SignIn, lead: User
):
    third = corrected(correction, "small-3")
    new = begin(old, third, lead)
    assert new.statements.get(text="Yearly").covers == [2, 3]
    assert answer(new, "2.2", 2).rating.label == "Red"
    home = f"/councils/northmere/cycles/{new.pk}"
    beside = text_of(as_(lead), f"{home}/questions/1.1/").partition("How it was rated in 2025/26")[
        2
    ]
    assert beside.count("1. Local risk Green") == 1
    judged = text_of(as_(lead), f"{home}/benchmarks/1/")
    assert judged.count("In 2025/26") == 1


def test_heat_map_comparison_and_question_follow(old: Cycle, new: Cycle, as_: SignIn, lead: User):
    client = as_(lead)
    home = f"/councils/northmere/cycles/{new.pk}"
    dashboard = text_of(client, f"{home}/dashboard/")
    assert "1. Local risk 2026/27 Not decided 2025/26 1: Green" in dashboard
    assert "no benchmark has moved since 2025/26" in dashboard
    compared = text_of(client, f"/councils/northmere/compare/{old.pk}/{new.pk}/")
    assert "1. Local risk Green 1. Local risk To confirm: rated Green" in compared
    assert "3. New – Not decided New in this edition" in compared
    asked = text_of(client, f"{home}/questions/1.1/")
    assert "How it was rated in 2025/26" in asked
    assert f"Green Amber Red Not applicable Not decided To confirm From {AT_11}." in asked


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(page.split())


def test_it_costs_the_same_however_much_is_carried(old: Cycle, correction: Toolkit, lead: User):
    def cost(**when: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            begin(old, correction, lead, **when)
        return len(captured)

    planned(old, correction)  # what a process reads once is no cost of it
    few = cost()
    for number in range(9):
        place = {"cycle": old, "question": question(old, "2.2")}
        EvidenceStatement.objects.create(**place, text=f"More {number}", covers=[2])
        EvidenceItem.objects.create(**place, title=f"More {number}")
        act(old, f"More {number}", ("2.2", 1), ("1.1", 1))
    rate(answer(old, "2.2", 2), "red")
    assert cost(period="2027/28", as_at=datetime.date(2027, 12, 1)) == few
