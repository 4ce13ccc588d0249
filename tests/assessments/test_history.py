"""Who changed what, in words."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client

from assessments.changes import PAGE_SIZE, Changes
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
    User,
)
from assessments.presenters.history import Line, days_of, shortened
from assessments.services.history import update_rows, written_by
from benchmarks.models import Question
from tests.budgets import assert_budget
from tests.volume import fill


def save(row: models.Model, by: User, **changes: Any) -> Any:
    """As services do: a new row by save(), a changed one by update_rows()."""
    for name, value in changes.items():
        setattr(row, name, value)
    if row.pk:
        update_rows([row], list(changes), by)
    else:
        written_by(row, by).save()
    return row


def question(cycle: Cycle, ref: str = "1.1") -> Question:
    return Question.objects.get(benchmark__toolkit=cycle.toolkit, ref=ref)


def told(cycle: Cycle, of: Question | None = None) -> list[str]:
    """Every line after its subject, in the order of the page."""
    return [
        f"{subject.action or subject.ref or subject.number or ''} | {in_words(line)}".strip()
        for day in days_of(Changes(cycle, of).page(1))
        for entry in day.entries
        for subject in entry.subjects
        for line in subject.lines
    ]


def in_words(line: Line) -> str:
    """Texts with [-removed-] and {+added+}."""
    marks = {"added": "{{+{}+}}", "removed": "[-{}-]", "same": "{}"}
    change = f"{line.old} → {line.new}" if line.old else line.new
    text = " ".join(marks[kind].format(words) for kind, words in line.pieces)
    return line.words + (f": {change}" if change else "") + (f" {text}" if text else "")


def test_a_rating_from_level_to_level(cycle: Cycle, lead: User) -> None:
    answer = cycle.answers.get(question__ref="1.1", prompt__position=2)
    amber, green = (cycle.scale.levels.get(slug=slug) for slug in ("amber", "green"))
    save(answer, lead, rating=amber, version=1)
    save(answer, lead, rating=green, version=2)
    save(answer, lead, rating=None, not_applicable=True, reason="None here.", version=3)
    assert told(cycle, question(cycle)) == [
        "1.1 | Rating of prompt 2: Not rated → Amber",
        "1.1 | Rating of prompt 2: Amber → Green",
        "1.1 | Rating of prompt 2: Green → Not applicable",
        "1.1 | Reason of prompt 2 added {+None here.+}",
    ]


def test_evidence_with_its_differences(cycle: Cycle, lead: User) -> None:
    row = EvidenceStatement(
        cycle=cycle,
        question=question(cycle),
        text="The plan is old.",
        covers=[1],
        sensitivity="exempt-1",
    )
    save(row, lead)
    save(row, lead, text="The plan is new.", covers=[1, 3], sensitivity="public", version=2)
    written_by(row, lead).delete()
    assert told(cycle, question(cycle)) == [
        "1.1 | Evidence for prompt 1 added {+The plan is old.+}",
        "1.1 | Who may read the evidence: Exempt, paragraph 1: about an individual",
        "1.1 | Evidence for prompts 1 and 3 changed The plan is [-old.-] {+new.+}",
        "1.1 | What the evidence covers: prompt 1 → prompts 1 and 3",
        "1.1 | Who may read the evidence: Exempt, paragraph 1: about an individual → Public",
        "1.1 | Evidence for prompts 1 and 3 removed [-The plan is new.-]",
    ]


def test_documents(cycle: Cycle, lead: User) -> None:
    row = EvidenceItem(
        cycle=cycle, question=question(cycle), title="Plan", dated_on=datetime.date(2025, 9, 1)
    )
    save(row, lead)
    save(row, lead, title="New plan", review_on=datetime.date(2026, 9, 1), version=2)
    written_by(row, lead).delete()
    assert told(cycle, question(cycle)) == [
        "1.1 | Document added {+Plan+}",
        "1.1 | Date of document “Plan”: 1 September 2025",
        "1.1 | Title of document “New plan”: Plan → New plan",
        "1.1 | Next review of document “New plan”: 1 September 2026",
        "1.1 | Document removed [-New plan-]",
    ]


def test_an_assignment(cycle: Cycle, lead: User, contributor: User) -> None:
    row = cycle.questions.get(question__ref="1.1")
    save(row, lead, assignee=contributor)
    save(row, lead, assignee=None)
    assert told(cycle, question(cycle)) == [
        "1.1 | Assigned to: nobody → Conor Contributor",
        "1.1 | Assigned to: Conor Contributor → nobody",
    ]


def test_an_action_from_its_beginning_to_its_end(cycle: Cycle, lead: User) -> None:
    action = save(Action(council=cycle.council, text="Train.", due_words="Q4"), lead)
    owner = save(ActionOwner(action=action, name="Jo"), lead)
    asked = question(cycle)
    prompt = asked.prompts.get(position=2)
    link = save(ActionLink(action=action, cycle=cycle, question=asked, prompt=prompt), lead)
    update = save(
        ProgressUpdate(
            action=action,
            dated_on=datetime.date(2026, 1, 1),
            quarter="Q4 2025/26",
            text="Begun.",
            next_steps="Go on.",
            author_name="Jo",
        ),
        lead,
    )
    save(
        action,
        lead,
        text="Train all.",
        due_words="",
        due_date=datetime.date(2027, 1, 31),
        status="completed",
        completed_on=datetime.date(2026, 2, 1),
        version=2,
    )
    for row in (link, update, owner, action):
        written_by(row, lead).delete()
    assert told(cycle, asked) == [
        "Train all. | Action added {+Train.+}",
        "Train all. | Due: Q4",
        "Train all. | Owner: Jo",
        "Train all. | Put beside question 1.1, prompt 2",
        "Train all. | Progress, Q4 2025/26 added {+Begun.+}",
        "Train all. | Next steps added {+Go on.+}",
        "Train all. | What will be done changed [-Train.-] {+Train all.+}",
        "Train all. | Status: Not started → Completed",
        "Train all. | Due: Q4 → 31 January 2027",
        "Train all. | Completed on: 1 February 2026",
        "Train all. | Taken from question 1.1, prompt 2",
        "Train all. | Progress, Q4 2025/26 removed [-Begun.-]",
        "Train all. | Owner removed: Jo",
        "Train all. | Action removed [-Train all.-]",
    ]
    assert told(cycle, question(cycle, "2.1")) == []


def test_a_benchmark_and_the_cycle_itself(cycle: Cycle, lead: User) -> None:
    row = cycle.benchmarks.get(benchmark__number=2)
    green = cycle.scale.levels.get(slug="green")
    save(
        row,
        lead,
        rating=green,
        reason="It works.",
        actions="None left.",
        comments="Secret.",
        comments_sensitivity="exempt-7",
        version=1,
    )
    save(cycle, lead, closes_on=datetime.date(2026, 4, 30))
    assert told(cycle) == [
        "| Cycle 2025/26 started",
        "| Closing date: 31 March 2026 → 30 April 2026",
        "2 | Rating: Not decided → Green",
        "2 | Reason added {+It works.+}",
        "2 | Actions line added {+None left.+}",
        "2 | Comments line added {+Secret.+}",
        "2 | Who may read the comments line: "
        "Exempt, paragraph 7: preventing or investigating crime",
    ]
    assert told(cycle, question(cycle)) == []


def test_saved_without_a_visible_difference(cycle: Cycle, lead: User) -> None:
    save(cycle.answers.get(question__ref="2.1"), lead, version=1)
    assert told(cycle, question(cycle, "2.1")) == ["2.1 | Saved again without a difference"]


def test_what_happened_to_an_action_before_the_cycle_is_not_part_of_it(
    cycle: Cycle, lead: User
) -> None:
    action = save(Action(council=cycle.council, text="Train."), lead)
    before = cycle.started_at - datetime.timedelta(days=1)
    Action.history.update(history_date=before)
    save(ActionLink(action=action, cycle=cycle, question=question(cycle)), lead)
    save(action, lead, status="completed", version=2)
    assert told(cycle, question(cycle)) == [
        "Train. | Put beside question 1.1",
        "Train. | Status: Not started → Completed",
    ]


def address(cycle: Cycle, ref: str = "") -> str:
    below = f"questions/{ref}/history/" if ref else "history/"
    return f"/councils/northmere/cycles/{cycle.pk}/{below}"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_who_and_when_and_leads_to_the_question(
    page: Client, cycle: Cycle, contributor: User
) -> None:
    answer = cycle.answers.get(question__ref="1.1", prompt__position=1)
    save(answer, contributor, rating=cycle.scale.levels.get(slug="red"), version=1)
    at = datetime.datetime(2026, 7, 1, 13, 2, tzinfo=datetime.UTC)
    answer.history.update(history_date=at)
    html = page.get(address(cycle)).content.decode()
    assert "1 July 2026 14:02 Conor Contributor Question 1.1" in words(html)
    assert "Rating of prompt 1: from Not rated → to Red" in words(html)
    assert f'href="/councils/northmere/cycles/{cycle.pk}/questions/1.1/"' in html
    assert "<h3" in html
    assert "<h3" not in page.get(address(cycle, "1.1")).content.decode()


def test_differences_are_marked_for_every_reader_and_inert(
    page: Client, cycle: Cycle, lead: User
) -> None:
    row = EvidenceStatement(cycle=cycle, question=question(cycle), text="<b>Old</b> plan")
    save(row, lead)
    save(row, lead, text="<script>new</script> plan", version=2)
    html = page.get(address(cycle, "1.1")).content.decode()
    assert '<del><span class="govuk-visually-hidden">removed: </span>&lt;b&gt;Old' in html
    assert '<ins><span class="govuk-visually-hidden">added: </span>&lt;script&gt;new' in html
    assert "<script>new" not in html


def test_nothing_yet_and_a_question_that_there_is_not(page: Client, cycle: Cycle) -> None:
    assert "Nothing has been changed yet" in page.get(address(cycle, "1.1")).content.decode()
    assert page.get(address(cycle, "9.9")).status_code == 404


def test_an_author_who_is_gone(page: Client, cycle: Cycle, contributor: User) -> None:
    save(cycle.answers.get(question__ref="2.1"), contributor, not_applicable=True, version=1)
    contributor.delete()
    assert "Somebody who has left" in page.get(address(cycle, "2.1")).content.decode()


def test_another_cycles_changes_stay_out(page: Client, cycle: Cycle, lead: User) -> None:
    fill(cycle, lead)
    other = cycle.council.cycles.exclude(pk=cycle.pk)[0]
    save(other.answers.get(question__ref="2.1"), lead, not_applicable=True, version=1)
    assert "Not applicable" not in page.get(address(cycle, "2.1")).content.decode()
    assert "Not applicable" in page.get(address(other, "2.1")).content.decode()


def test_long_histories_are_paged_newest_first(page: Client, cycle: Cycle, lead: User) -> None:
    row = save(EvidenceStatement(cycle=cycle, question=question(cycle), text="Number 0."), lead)
    for number in range(1, PAGE_SIZE + 5):
        save(row, lead, text=f"Number {number}.", version=number + 1)
    first = page.get(address(cycle, "1.1")).content.decode()
    assert f"{PAGE_SIZE + 4}." in first
    assert "Number 0." not in first
    assert "Page 1 of 2" in first
    second = page.get(address(cycle, "1.1") + "?page=2").content.decode()
    assert "Number 0." in second
    assert page.get(address(cycle, "1.1") + "?page=rubbish").status_code == 200


def test_its_cost_does_not_grow_with_the_changes(page: Client, cycle: Cycle, lead: User) -> None:
    """Every kind of history at once, then many times over."""

    def change_everything(times: int) -> None:
        answer = cycle.answers.get(question__ref="1.1", prompt__position=1)
        for number in range(times):
            save(answer, lead, reason=f"Reason {number}", version=answer.version + 1)
            asked = question(cycle)
            save(EvidenceStatement(cycle=cycle, question=asked, text=f"Said {number}"), lead)
            save(EvidenceItem(cycle=cycle, question=asked, title=f"Plan {number}"), lead)
            action = save(Action(council=cycle.council, text=f"Do {number}"), lead)
            save(ActionOwner(action=action, name="Jo"), lead)
            save(ActionLink(action=action, cycle=cycle, question=asked), lead)

    def visit(ref: str) -> Callable[[], HttpResponse]:
        return lambda: page.get(address(cycle, ref))

    for times in (1, 15):
        change_everything(times)
        assert_budget("councils:history, long", visit(""))
        assert_budget("councils:question_history, long", visit("1.1"))


def test_long_runs_without_a_difference_give_way_to_dots() -> None:
    long = " ".join(f"w{number}" for number in range(60))
    first, change, last = shortened([("same", long), ("added", "x"), ("same", long)])
    assert first == ("same", "… w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59")
    assert change == ("added", "x")
    assert last == ("same", "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 …")
    (_, middle) = shortened([("added", "x"), ("same", long), ("added", "y")])[1]
    assert middle.startswith("w0 w1 ")
    assert " … " in middle


def test_a_text_of_the_same_words_over_and_over_does_not_hang(cycle: Cycle, lead: User) -> None:
    row = EvidenceStatement(cycle=cycle, question=question(cycle), text="a b " * 4900)
    save(row, lead)
    save(row, lead, text="b a a " * 3300, version=2)
    assert len(told(cycle, question(cycle))) == 2
