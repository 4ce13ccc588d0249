"""What a partner wrote, what somebody saved meanwhile, and what a person makes of the two."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from assessments.changes import Changes
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Answer,
    Cycle,
    EvidenceStatement,
    ReturnedWorkbook,
    User,
)
from assessments.services.answers import AnswerInput, StatementInput, save_question
from assessments.services.locks import CycleClosed
from assessments.services.workbooks import ReturnFinished, confirm_return, decide, merge_of
from assessments.workbooks.merging import LEAVE, TAKE, TOGETHER, Change, Decided
from assessments.workbooks.rows import notes_from
from tests.workbooks.sheets import Partner, partner_of, sent_back


@pytest.fixture
def statement(cycle: Cycle, lead: User) -> EvidenceStatement:
    save(cycle, lead, statement=StatementInput(None, 0, "By a monthly meeting.", (1, 2), "public"))
    return cycle.statements.get()


@pytest.fixture
def action(cycle: Cycle) -> Action:
    action = Action.objects.create(
        council=cycle.council, text="Brief the heads", due_words="Q4 2025/26"
    )
    ActionOwner.objects.create(action=action, name="Licensing")
    question = cycle.questions.get(question__ref="1.1").question
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return action


def save(
    cycle: Cycle,
    by: User,
    answer: AnswerInput | None = None,
    statement: StatementInput | None = None,
) -> None:
    saved = save_question(
        assessment=cycle.questions.get(question__ref="1.1"),
        answers=[answer] if answer else [],
        statements=[statement] if statement else [],
        by=by,
    )
    assert saved.changed == 1


def answer_at(cycle: Cycle, ref: str, position: int | None) -> Answer:
    return cycle.answers.get(question__ref=ref, prompt__position=position)


def rate(cycle: Cycle, by: User, position: int, slug: str, reason: str = "") -> None:
    row = answer_at(cycle, "1.1", position)
    level = cycle.scale.levels.get(slug=slug).pk
    save(cycle, by, AnswerInput(row.pk, row.version, level, False, reason, "public"))


def changes(returned: ReturnedWorkbook) -> dict[str, Change]:
    return {f"{each.said.key} {each.said.cell}": each for each in merge_of(returned).changes}


def choose(returned: ReturnedWorkbook, change: Change, choice: str, text: str = "") -> None:
    decide(
        returned=returned,
        number=change.said.number,
        version=change.decided.version,
        decided=Decided(choice, text, change.stands, "Lena Lead"),
    )
    returned.refresh_from_db()


def test_every_kind_of_cell_is_written(
    cycle: Cycle, lead: User, statement: EvidenceStatement, action: Action
) -> None:
    partner = partner_of(cycle, lead)
    key = f"action/{action.pk}"
    partner.write("1.1/1", "rating", "Green").write("1.1/1", "reason", "All are known")
    partner.write("1.1/1", "reason_readers", "Not for publication")
    partner.write("1.1/1", "evidence", "By a weekly meeting.").write("1.1/1", "covers", "1, 3")
    partner.write("1.1/3", "evidence", "Much has changed.")
    partner.write("1.1/3", "readers", "Exempt, paragraph 3: financial or business affairs")
    partner.write(key, "action", "Brief all the heads").write(key, "status", "Completed")
    partner.write(key, "due", datetime.date(2026, 3, 31))
    partner.write(key, "completed_on", datetime.date(2025, 12, 1))
    partner.write(key, "owners", "Licensing\nLena Lead").write(key, "progress", "Twelve briefed")
    partner.add_action(action="Ask the police", beside="2.2, prompt 1", owners="Police", due="Q1")
    returned = sent_back(cycle, partner.file, lead)
    assert notes_from(returned.notes) == []
    confirm_return(returned=returned, by=lead)

    first = answer_at(cycle, "1.1", 1)
    assert first.rating
    assert first.rating.slug == "green"
    assert (first.reason, first.reason_sensitivity) == ("All are known", "not-for-publication")
    texts = cycle.statements.order_by("pk").values_list("text", "covers", "sensitivity")
    assert list(texts) == [
        ("By a weekly meeting.", [1, 3], "public"),
        ("Much has changed.", [3], "exempt-3"),
    ]
    action.refresh_from_db()
    assert (action.text, action.status) == ("Brief all the heads", "completed")
    assert (action.due_date, action.due_words) == (datetime.date(2026, 3, 31), "")
    assert action.completed_on == datetime.date(2025, 12, 1)
    owners = action.owners.order_by("pk").values_list("name", "user")
    assert list(owners) == [("Licensing", None), ("Lena Lead", lead.pk)]
    assert action.updates.get().text == "Twelve briefed"
    new = cycle.council.actions.get(text="Ask the police")
    assert new.due_words == "Q1"
    link = new.links.get()
    assert (link.question.ref, link.prompt and link.prompt.position) == ("2.2", 1)


def test_the_history_names_who_confirmed_and_whose_workbook_it_was(
    cycle: Cycle, lead: User, contributor: User
) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    partner = partner_of(cycle, lead, contributor).write("1.1/1", "evidence", "We meet.")
    confirm_return(returned=sent_back(cycle, partner.file, lead), by=lead)
    (change, *_) = Changes(cycle).page(1).object_list
    assert (change.who, change.taken_from) == (
        "Lena Lead",
        "From the workbook of Conor Contributor",
    )
    save(cycle, lead, statement=StatementInput(None, 0, "By hand.", (), "public"))
    (change, *_) = Changes(cycle).page(1).object_list
    assert change.taken_from == ""


def test_a_workbook_of_one_person_holds_their_questions_and_actions(
    cycle: Cycle, lead: User, contributor: User, action: Action
) -> None:
    cycle.questions.filter(question__ref="2.2").update(assignee=contributor)
    assert keys(partner_of(cycle, lead, contributor)) == ["2.2/1", "2.2/2", "2.2/0"]
    ActionOwner.objects.create(action=action, name="Conor Contributor", user=contributor)
    assert keys(partner_of(cycle, lead, contributor))[-1] == f"action/{action.pk}"


def keys(partner: Partner) -> list[str]:
    cells = [cell.value for name in ("", "action") for cell in partner.sheet(name)["A"]]
    return [each for each in cells if isinstance(each, str) and "/" in each and "," not in each]


def test_what_was_saved_meanwhile_is_a_conflict_for_a_person(
    cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Theirs.")
    partner.write("1.1/2", "rating", "Green")
    mine = StatementInput(statement.pk, 1, "Saved meanwhile.", (1, 2), "public")
    save(cycle, lead, statement=mine)
    returned = sent_back(cycle, partner.file, lead)
    conflict = changes(returned)["1.1/1 evidence"]
    assert (conflict.sent, conflict.now) == ("By a monthly meeting.", "Saved meanwhile.")
    assert conflict.is_for_a_person
    with pytest.raises(ValidationError, match="1 of the changes must be decided"):
        confirm_return(returned=returned, by=lead)
    assert cycle.statements.get().text == "Saved meanwhile."
    assert answer_at(cycle, "1.1", 2).rating is None


@pytest.mark.parametrize(
    ("choice", "text", "stands"),
    [(TAKE, "", "Theirs."), (LEAVE, "", "Saved."), (TOGETHER, "Saved. Theirs.", "Saved. Theirs.")],
)
def test_a_person_takes_it_leaves_it_or_writes_both_together(
    cycle: Cycle, lead: User, statement: EvidenceStatement, choice: str, text: str, stands: str
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Theirs.")
    save(cycle, lead, statement=StatementInput(statement.pk, 1, "Saved.", (1, 2), "exempt-1"))
    returned = sent_back(cycle, partner.file, lead)
    choose(returned, changes(returned)["1.1/1 evidence"], choice, text)
    confirm_return(returned=returned, by=lead)
    row = cycle.statements.get()
    assert (row.text, row.sensitivity) == (stands, "exempt-1")


def test_a_choice_holds_only_for_what_was_seen(
    cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Theirs.")
    save(cycle, lead, statement=StatementInput(statement.pk, 1, "Saved.", (1, 2), "public"))
    returned = sent_back(cycle, partner.file, lead)
    choose(returned, changes(returned)["1.1/1 evidence"], TAKE)
    save(cycle, lead, statement=StatementInput(statement.pk, 2, "Again.", (1, 2), "public"))
    assert changes(returned)["1.1/1 evidence"].is_for_a_person
    with pytest.raises(ValidationError):
        confirm_return(returned=returned, by=lead)
    assert cycle.statements.get().text == "Again."


def test_parts_that_different_people_changed_do_not_clash(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "reason", "Because")
    rate(cycle, lead, 1, "amber")
    confirm_return(returned=sent_back(cycle, partner.file, lead), by=lead)
    row = answer_at(cycle, "1.1", 1)
    assert row.rating
    assert (row.rating.slug, row.reason) == ("amber", "Because")


def test_what_both_say_is_nothing_to_do(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "rating", "Green")
    rate(cycle, lead, 1, "green")
    merge = merge_of(sent_back(cycle, partner.file, lead))
    assert (list(merge.changes), merge.same) == ([], 1)


def test_uploaded_twice_it_is_written_once(cycle: Cycle, lead: User, action: Action) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "New.")
    partner.write(f"action/{action.pk}", "progress", "Begun")
    partner.add_action(action="Another", beside="1.1")
    for same in (0, 3):
        returned = sent_back(cycle, partner.file, lead)
        assert merge_of(returned).same == same
        confirm_return(returned=returned, by=lead)
    assert cycle.statements.count() == 1
    assert action.updates.count() == 1
    assert cycle.council.actions.count() == 2


def test_an_emptied_cell_removes_nothing_before_a_person_says_so(
    cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", None)
    returned = sent_back(cycle, partner.file, lead)
    (emptied,) = merge_of(returned).waiting
    assert emptied.is_emptied
    choose(returned, emptied, TAKE)
    confirm_return(returned=returned, by=lead)
    assert not cycle.statements.exists()


def test_evidence_removed_meanwhile_can_come_back(
    cycle: Cycle, lead: User, statement: EvidenceStatement
) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "evidence", "Still so.")
    partner.write("1.1/1", "covers", "1")
    save(cycle, lead, statement=StatementInput(statement.pk, 1, "", (1, 2), "public"))
    returned = sent_back(cycle, partner.file, lead)
    found = changes(returned)
    assert not found["1.1/1 covers"].can_be_taken
    choose(returned, found["1.1/1 evidence"], TAKE)
    choose(returned, found["1.1/1 covers"], LEAVE)
    confirm_return(returned=returned, by=lead)
    assert cycle.statements.get().text == "Still so."


def test_an_action_removed_meanwhile_takes_nothing(
    cycle: Cycle, lead: User, action: Action
) -> None:
    partner = partner_of(cycle, lead).write(f"action/{action.pk}", "progress", "Begun")
    action.delete()
    returned = sent_back(cycle, partner.file, lead)
    (gone,) = merge_of(returned).waiting
    assert not gone.can_be_taken
    choose(returned, gone, LEAVE)
    confirm_return(returned=returned, by=lead)
    assert not cycle.council.actions.exists()


def test_not_applicable_needs_its_reason(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "rating", "Not applicable")
    returned = sent_back(cycle, partner.file, lead)
    with pytest.raises(ValidationError, match="Answers, row 4: say why it is not applicable"):
        confirm_return(returned=returned, by=lead)
    partner.write("1.1/1", "reason", "Done by the county")
    confirm_return(returned=sent_back(cycle, partner.file, lead), by=lead)
    assert answer_at(cycle, "1.1", 1).not_applicable


def test_what_is_finished_is_not_written_again(cycle: Cycle, lead: User) -> None:
    returned = sent_back(cycle, partner_of(cycle, lead).file, lead)
    confirm_return(returned=returned, by=lead)
    with pytest.raises(ReturnFinished):
        confirm_return(returned=returned, by=lead)


def test_a_signed_cycle_takes_nothing(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead).write("1.1/1", "rating", "Green")
    returned = sent_back(cycle, partner.file, lead)
    Cycle.objects.filter(pk=cycle.pk).update(stage="signed-off")
    with pytest.raises(CycleClosed):
        confirm_return(returned=returned, by=lead)
    assert answer_at(cycle, "1.1", 1).rating is None
