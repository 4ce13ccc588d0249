"""The register of a council's actions: listed, counted, mended, taken away."""

import csv
import datetime
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessments.imports.interchange import read_cycle
from assessments.models import Action, ActionLink, ActionOwner, Council, Cycle, ProgressUpdate, User
from assessments.permissions import PERMISSIONS, Permission
from assessments.presenters.register_query import owner_key
from assessments.record_builder import blank_record
from assessments.services.cycles import start_cycle
from assessments.services.interchange import load_cycle
from assessments.services.register import give_date
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.exports.thurrock import SOURCE, as_interchange, read_source
from tests.volume import add_earlier_cycle, fill

EDITION = Path(__file__).parents[2] / "fixtures" / "toolkits" / "home-office-2018.yaml"
TODAY = timezone.localdate()
REGISTER = "/councils/northmere/actions/"
IN_PLACE = {"headers": {"HX-Request": "true"}}


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def make(
    cycle: Cycle, text: str, ref: str = "1.1", owner: User | str | None = None, **fields: Any
) -> Action:
    action = Action.objects.create(council=cycle.council, text=text, **fields)
    asked = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=asked)
    if isinstance(owner, User):
        ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    elif owner:
        ActionOwner.objects.create(action=action, name=owner)
    return action


def texts(response: HttpResponse) -> list[str]:
    found = re.findall(r'app-user-text" id="register-[^"]+">([^<]+)<', response.content.decode())
    return [text.strip() for text in found]


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def key(action: Action) -> str:
    return f"{action.pk}:{action.version}"


@pytest.fixture
def page(as_: SignIn, lead: User) -> Client:
    return as_(lead)


@pytest.fixture
def several(cycle: Cycle, lead: User, contributor: User) -> dict[str, Action]:
    return {
        "late": make(cycle, "Late.", "2.1", lead, due_date=days(-12)),
        "soon": make(cycle, "Soon.", "1.1", contributor, due_date=days(20), status="in-progress"),
        "far": make(cycle, "Far.", "1.2", "Head of Housing", due_date=days(200)),
        "words": make(cycle, "In words.", "1.1", "Head of Housing", due_words="Q4"),
        "never": make(cycle, "Never.", "2.2"),
        "done": make(cycle, "Done.", "1.1", lead, status="completed", due_date=days(-40)),
    }


def test_every_cycle_s_actions_are_there(page: Client, cycle: Cycle, lead: User) -> None:
    later = start_cycle(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2026/27",
        as_at=datetime.date(2026, 12, 1),
        by=lead,
    )
    both, old = make(cycle, "In both."), make(cycle, "Only in the old.")
    make(later, "Only in the new.")
    ActionLink.objects.create(
        action=both, cycle=later, question=later.questions.get(question__ref="2.2").question
    )
    Action.objects.create(council=cycle.council, text="In none any more.")
    response = page.get(REGISTER)
    assert set(texts(response)) == {
        "In both.", "Only in the old.", "Only in the new.", "In none any more."
    }  # fmt: skip
    html = response.content.decode()
    assert f"/cycles/{later.pk}/actions/{both.pk}/" in html
    assert f"/cycles/{cycle.pk}/actions/{both.pk}/" not in html
    assert f"/cycles/{cycle.pk}/actions/{old.pk}/" in html


def test_another_council_s_are_not(
    page: Client, cycle: Cycle, southbeck: Council, several: dict[str, Action]
) -> None:
    Action.objects.create(council=southbeck, text="Southbeck’s.")
    assert "Southbeck’s." not in page.get(f"{REGISTER}?status=all").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Late.", "Soon.", "Far.", "In words.", "Never."]),
        ("status=all", ["Late.", "Soon.", "Far.", "In words.", "Never.", "Done."]),
        ("status=completed", ["Done."]),
        ("status=in-progress", ["Soon."]),
        ("status=paused", ["Late.", "Soon.", "Far.", "In words.", "Never."]),
        ("due=overdue", ["Late."]),
        ("due=overdue&status=all", ["Late."]),
        ("due=soon", ["Soon."]),
        ("due=undated", ["Never."]),
        ("due=ownerless", ["Never."]),
        ("due=ownerless&status=completed", []),
        ("sort=status", ["Late.", "Far.", "In words.", "Never.", "Soon."]),
        ("sort=benchmark", ["Soon.", "Far.", "In words.", "Late.", "Never."]),
        ("owner=x&benchmark=9999&due=x", ["Late.", "Soon.", "Far.", "In words.", "Never."]),
    ],
)  # fmt: skip
def test_filters_and_order(
    page: Client, several: dict[str, Action], query: str, expected: list[str]
) -> None:
    assert texts(page.get(f"{REGISTER}?{query}")) == expected


def test_owner_and_benchmark_filters(
    page: Client, cycle: Cycle, several: dict[str, Action], contributor: User, lead: User
) -> None:
    named = owner_key(None, "Head of Housing")
    assert texts(page.get(f"{REGISTER}?owner={named}")) == ["Far.", "In words."]
    assert texts(page.get(f"{REGISTER}?owner=u{contributor.pk}")) == ["Soon."]
    assert texts(page.get(f"{REGISTER}?owner=u{lead.pk}&due=soon")) == []
    two = cycle.toolkit.benchmarks.get(number=2)
    assert texts(page.get(f"{REGISTER}?benchmark={two.pk}")) == ["Late.", "Never."]
    assert texts(page.get(f"{REGISTER}?owner=nobody")) == ["Never."]
    assert texts(page.get(f"{REGISTER}?owner=nobody&due=overdue")) == []


def test_one_cycle_s_actions_alone(page: Client, cycle: Cycle, lead: User) -> None:
    other = add_earlier_cycle(cycle, 2019, lead)
    both, old = make(cycle, "In both."), make(other, "Only in the old.")
    make(cycle, "Only in this.")
    ActionLink.objects.create(
        action=both, cycle=other, question=other.questions.get(question__ref="2.2").question
    )
    assert set(texts(page.get(f"{REGISTER}?cycle={other.pk}"))) == {both.text, old.text}
    assert set(texts(page.get(f"{REGISTER}?cycle={cycle.pk}"))) == {both.text, "Only in this."}
    page_of_old = page.get(f"{REGISTER}?cycle={other.pk}").content.decode()
    assert f'<option value="{other.pk}" selected>2019</option>' in page_of_old


def test_addresses_hold_no_owner_s_name(page: Client, several: dict[str, Action]) -> None:
    html = page.get(f"{REGISTER}?group=owner").content.decode()
    addresses = re.findall(r'(?:href|action|hx-get|value)="([^"]*)"', html)
    assert not [each for each in addresses if "?" in each and "Housing" in each]


def test_groups(page: Client, several: dict[str, Action], lead: User) -> None:
    ActionOwner.objects.create(action=several["far"], name=lead.name, user=lead)
    by_owner = page.get(f"{REGISTER}?group=owner")
    headings = re.findall(r'<h2 class="govuk-heading-m">([^<]+)</h2>', by_owner.content.decode())
    assert headings == ["No owner", "Conor Contributor", "Head of Housing", "Lena Lead"]
    assert texts(by_owner) == ["Never.", "Soon.", "Far.", "In words.", "Late.", "Far."]
    ids = re.findall(r' id="((?:action|register|tick)-[^"]+)"', by_owner.content.decode())
    assert not {each for each in ids if ids.count(each) > 1}
    assert "5 actions in this list" in words(by_owner)
    by_benchmark = page.get(f"{REGISTER}?group=benchmark")
    assert texts(by_benchmark) == ["Soon.", "Far.", "In words.", "Late.", "Never."]
    assert "1. Local risk" in words(by_benchmark)


def test_how_they_stand_is_said_plainly(page: Client, several: dict[str, Action]) -> None:
    shown = words(page.get(REGISTER))
    said = "5 open actions : 1 has no date , 1 has no owner , 1 is overdue . 1 more is completed"
    assert said in shown
    assert "6 actions : 1 has no date , 1 has no owner" in words(page.get(f"{REGISTER}?status=all"))
    assert "1 completed action : all have a date" in words(page.get(f"{REGISTER}?status=completed"))


def test_each_count_leads_to_its_rows(page: Client, several: dict[str, Action]) -> None:
    html = page.get(REGISTER).content.decode()
    for count, expected in (("no date", "Never."), ("no owner", "Never."), ("overdue", "Late.")):
        link = re.search(rf'href="([^"]+)">1 (?:has|is) {count}', html)
        assert link
        assert texts(page.get(REGISTER + link[1])) == [expected]


def test_nothing_there_yet(page: Client, cycle: Cycle) -> None:
    shown = words(page.get(REGISTER))
    assert "0 open actions ." in shown
    assert "There are no actions yet" in shown


def test_it_is_paged(page: Client, cycle: Cycle) -> None:
    for number in range(27):
        make(cycle, f"Action number {number}.")
    first, second = page.get(f"{REGISTER}?sort=status"), page.get(f"{REGISTER}?sort=status&page=2")
    assert (len(texts(first)), len(texts(second))) == (20, 7)
    assert "27 actions in this list" in words(first)
    assert page.get(f"{REGISTER}?page=rubbish").status_code == 200


def test_giving_an_owner(
    page: Client, several: dict[str, Action], lead: User, contributor: User
) -> None:
    sent = {
        "action": [key(several["never"]), key(several["late"])],
        "owner": "CONOR.contributor@northmere.example",
        "list": "due=undated",
    }
    response = page.post(f"{REGISTER}give-owner/", sent)
    assert response.url == f"{REGISTER}?due=undated"
    for name, owners in (
        ("never", {("Conor Contributor", contributor.pk)}),
        ("late", {("Conor Contributor", contributor.pk), ("Lena Lead", lead.pk)}),
    ):
        action = several[name]
        action.refresh_from_db()
        assert set(action.owners.values_list("name", "user")) == owners
        assert action.version == 2
        assert action.history.first().history_user == lead
    assert "The owner has been given to 2 actions." in words(page.get(response.url))


def test_giving_an_owner_instead(page: Client, several: dict[str, Action], lead: User) -> None:
    late, never = several["late"], several["never"]
    sent = {"action": [key(late), key(never)], "owner": "Head of Culture", "instead": "on"}
    page.post(f"{REGISTER}give-owner/", sent)
    for action in (late, never):
        assert [each.name for each in action.owners.all()] == ["Head of Culture"]
    removed = ActionOwner.history.filter(history_type="-").get()
    assert (removed.name, removed.history_user) == ("Lena Lead", lead)


def test_giving_what_is_there_changes_nothing(page: Client, several: dict[str, Action]) -> None:
    far = several["far"]
    sent = {"action": [key(far)], "owner": "Head of Housing", "instead": "on"}
    page.post(f"{REGISTER}give-owner/", sent)
    far.refresh_from_db()
    assert (far.version, far.owners.count(), far.history.count()) == (1, 1, 1)


def test_giving_a_date(page: Client, several: dict[str, Action]) -> None:
    sent = {"action": [key(several["never"]), key(several["words"])]}
    date = {"due_date_0": "31", "due_date_1": "3", "due_date_2": "2027"}
    page.post(f"{REGISTER}give-date/", {**sent, **date})
    for name in ("never", "words"):
        several[name].refresh_from_db()
        assert several[name].due_date == datetime.date(2027, 3, 31)
        assert (several[name].due_words, several[name].version) == ("", 2)


def test_what_somebody_changed_meanwhile_is_left_and_said(
    page: Client, several: dict[str, Action]
) -> None:
    ticked = {name: key(several[name]) for name in ("late", "never", "soon")}
    Action.objects.filter(pk=several["late"].pk).update(version=2, text="Changed.")
    several["soon"].delete()
    date = {"due_date_0": "31", "due_date_1": "3", "due_date_2": "2027"}
    response = page.post(f"{REGISTER}give-date/", {"action": [*ticked.values()], **date})
    several["late"].refresh_from_db()
    assert several["late"].due_date == days(-12)
    shown = words(page.get(response.url))
    assert "The date has been given to 1 action." in shown
    assert "Somebody has changed 2 actions meanwhile" in shown
    assert "Left as they were, because somebody changed them" in shown
    assert shown.count("Changed.") > 1


def test_nothing_ticked_nothing_typed(page: Client, several: dict[str, Action]) -> None:
    for name, message in (("owner", "Enter who will do it"), ("date", "Enter the due date")):
        response = page.post(f"{REGISTER}give-{name}/", {"list": "due=undated"})
        html = response.content.decode()
        assert "<title>Error: " in html
        assert 'href="#tick-1">Tick the actions that you want to change' in html
        assert message in html
        assert texts(response) == ["Never."]


def test_a_form_shown_again_keeps_ticks_and_words(page: Client, several: dict[str, Action]) -> None:
    sent = {"action": [key(several["late"])], "due_date_0": "31", "due_date_1": "2"}
    html = page.post(f"{REGISTER}give-date/", {**sent, "due_date_2": "2027"}).content.decode()
    assert "The due date must be a real date" in html
    assert re.search(rf'value="{key(several["late"])}"[^>]* checked', html)
    assert len(re.findall(r'name="action"[^>]* checked', html)) == 1
    assert 'value="31"' in html


@pytest.mark.parametrize("tick", ["", "x", "1", "1:", ":1", "²:1", "9" * 30 + ":1", "-1:1"])
def test_ticks_that_are_none(page: Client, several: dict[str, Action], tick: str) -> None:
    response = page.post(f"{REGISTER}give-owner/", {"action": [tick], "owner": "Jo"})
    assert "Tick the actions" in words(response)


def test_a_number_too_long_for_any_key_leaves_nothing_alone(
    page: Client, several: dict[str, Action]
) -> None:
    assert "Left as they were" not in words(page.get(f"{REGISTER}?left={'9' * 30},x"))


def test_all_can_be_ticked_without_javascript(page: Client, several: dict[str, Action]) -> None:
    html = page.get(f"{REGISTER}?tick=all").content.decode()
    assert len(re.findall(r'name="action"[^>]* checked', html)) == 5


def test_nobody_s_action_of_another_council_is_changed(
    page: Client, cycle: Cycle, southbeck: Council
) -> None:
    theirs = Action.objects.create(council=southbeck, text="Theirs.")
    response = page.post(f"{REGISTER}give-owner/", {"action": [key(theirs)], "owner": "Jo"})
    assert not theirs.owners.exists()
    assert "Theirs." not in page.get(response.url).content.decode()


def test_a_contributor_mends_their_own_and_what_stands_beside_their_questions(
    as_: SignIn, cycle: Cycle, several: dict[str, Action], contributor: User
) -> None:
    cycle.questions.filter(question__ref="2.2").update(assignee=contributor)
    client = as_(contributor)
    html = client.get(REGISTER).content.decode()
    ticks = set(re.findall(r'name="action" value="([^"]+)"', html))
    assert ticks == {key(several["soon"]), key(several["never"])}
    sent = {"action": [*ticks], "owner": "Jo"}
    assert client.post(f"{REGISTER}give-owner/", sent).status_code == 302
    both = {"action": [key(several["late"]), key(several["never"])], "owner": "Sam"}
    assert client.post(f"{REGISTER}give-owner/", both).status_code == 403
    assert not ActionOwner.objects.filter(name="Sam").exists()


def test_a_chair_reads_without_a_form(as_: SignIn, chair: User, several: dict[str, Action]) -> None:
    html = as_(chair).get(REGISTER).content.decode()
    assert "Change the ticked actions" not in html
    assert 'type="checkbox"' not in html
    assert "Add progress" not in html


# In place -----------------------------------------------------------------------------------


def test_progress_is_added_in_place(page: Client, cycle: Cycle, several: dict[str, Action]) -> None:
    action = several["soon"]
    html = page.get(f"{REGISTER}?due=soon").content.decode()
    link = re.search(r'hx-get="([^"]+progress/add/[^"]*)"', html)
    assert link
    address = link[1].replace("&amp;", "&")
    form = page.get(address, **IN_PLACE).content.decode()
    assert f'hx-target="#action-{action.pk}"' in form
    assert f'hx-get="{REGISTER}?due=soon"' in form  # Cancel puts the action back
    sent = {**progress("Begun."), "next_steps": "Ask round."}
    response = page.post(address, sent, **IN_PLACE)
    assert response["HX-Retarget"] == f"#action-{action.pk}"
    shown = words(response)
    assert "The progress has been added." in shown
    assert "Begun. Next: Ask round." in shown
    assert (
        response.content.decode()
        .strip()
        .startswith(f'<li class="app-register__item" id="action-{action.pk}"')
    )
    back = page.post(address, progress("More.")).url
    assert back == f"{REGISTER}?due=soon#action-{action.pk}"


def progress(text: str, **more: str) -> dict[str, str]:
    date = {"dated_on_0": "2", "dated_on_1": "2", "dated_on_2": "2026"}
    return {"text": text, "sensitivity": "public", **date, **more}


def test_coming_back_never_leaves_the_site(page: Client, several: dict[str, Action]) -> None:
    action = several["soon"]
    cycle = action.links.get().cycle_id
    address = f"/councils/northmere/cycles/{cycle}/actions/{action.pk}/progress/add/"
    response = page.post(f"{address}?back=register&list=//evil.example/", progress("Begun."))
    assert response.url == f"{REGISTER}?//evil.example/#action-{action.pk}"


def test_completing_with_progress_says_what_and_when(
    page: Client, several: dict[str, Action], lead: User
) -> None:
    action = several["soon"]
    address = f"/councils/northmere/cycles/{action.links.get().cycle_id}/actions/{action.pk}/"
    response = page.post(f"{address}progress/add/", progress("", completes="on"))
    assert "Enter what has happened" in words(response)
    for _ in range(2):
        page.post(f"{address}progress/add/", progress("All trained.", completes="on"))
    action.refresh_from_db()
    assert (action.status, action.version) == ("completed", 2)
    assert action.completed_on == datetime.date(2026, 2, 2)
    assert action.updates.get().text == "All trained."
    assert action.history.first().history_user == lead
    assert "This completes the action" not in words(page.get(f"{address}progress/add/"))


def change(action: Action, **fields: Any) -> dict[str, Any]:
    kept = {"text": action.text, "version": action.version, "beside": ["0"], "owners": ["Jo"]}
    return {**kept, "status": "completed", "sensitivity": "exempt-3", **fields}


def test_completing_on_the_form_asks_what_was_done_and_when(
    page: Client, several: dict[str, Action]
) -> None:
    action = several["never"]
    address = f"/councils/northmere/cycles/{action.links.get().cycle_id}/actions/{action.pk}/"
    shown = words(page.post(address, change(action)))
    assert "Enter when it was completed" in shown
    assert "Enter what was done" in shown
    date = {"completed_on_0": "2", "completed_on_1": "2", "completed_on_2": "2026"}
    page.post(address, change(action, done="Forty people trained.", **date))
    action.refresh_from_db()
    assert action.completed_on == datetime.date(2026, 2, 2)
    update = action.updates.get()
    assert (update.text, update.sensitivity) == ("Forty people trained.", "exempt-3")
    assert (update.dated_on, update.quarter) == (action.completed_on, "Q4 2025/26")
    assert update.author_name == "Lena Lead"
    again = page.post(address, change(action, text="Better words.", **date))
    assert again.status_code == 302
    assert action.updates.count() == 1


def test_an_action_added_as_completed_says_so_too(page: Client, cycle: Cycle) -> None:
    address = f"/councils/northmere/cycles/{cycle.pk}/questions/1.1/actions/add/"
    sent = {"text": "New.", "status": "completed", "sensitivity": "public", "beside": ["0"]}
    assert "Enter what was done" in words(page.post(address, sent))
    date = {"completed_on_0": "2", "completed_on_1": "2", "completed_on_2": "2026"}
    page.post(address, {**sent, **date, "done": "It was."})
    assert Action.objects.get().updates.get().text == "It was."


# Files --------------------------------------------------------------------------------------

DANGEROUS = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1"]


def lines(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_filtered_list_as_csv(page: Client, several: dict[str, Action]) -> None:
    response = page.get(f"{REGISTER}register.csv?sort=benchmark&due=overdue")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "Northmere Borough Council Prevent actions" in response["Content-Disposition"]
    heading, *rows = lines(response)
    assert heading[:3] == ["No.", "Action", "Owners"]
    assert [row[1:4] for row in rows] == [["Late.", "Lena Lead", str(days(-12))]]
    assert rows[0][7:10] == ["2. Training", "2.1", "2025/26"]


def test_grouped_by_owner_each_action_is_once_in_the_file(
    page: Client, several: dict[str, Action], lead: User
) -> None:
    ActionOwner.objects.create(action=several["far"], name=lead.name, user=lead)
    rows = lines(page.get(f"{REGISTER}register.csv?group=owner"))
    assert len(rows) == 1 + 5


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_is_a_formula(page: Client, cycle: Cycle, text: str) -> None:
    action = make(cycle, text, owner=text.strip(), due_words=text.strip())
    ProgressUpdate.objects.create(
        action=action, dated_on=TODAY, quarter="=1", text=text, author_name="Jo"
    )
    row = lines(page.get(f"{REGISTER}register.csv"))[1]
    assert row[1] == f"'{text}"
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_as_a_workbook(page: Client, cycle: Cycle) -> None:
    for text in DANGEROUS:
        make(cycle, text, owner=text.strip())
    response = page.get(f"{REGISTER}register.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet
    rows = [row for row in sheet.iter_rows(min_row=6) if row[0].value]
    assert [row[1].value for row in rows] == DANGEROUS
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "C6"


def test_the_file_holds_restricted_text_only_for_those_who_may_take_it(
    page: Client, cycle: Cycle, monkeypatch: pytest.MonkeyPatch, lead: User
) -> None:
    action = make(cycle, "SECRET plan", owner="SECRET owner", sensitivity="exempt-7")
    open_one = make(cycle, "Open plan")
    for each, sensitivity in ((action, "public"), (open_one, "not-for-publication")):
        ProgressUpdate.objects.create(
            action=each, dated_on=TODAY, text="SECRET step", next_steps="SECRET next",
            author_name="SECRET author", sensitivity=sensitivity,
        )  # fmt: skip
    whole = page.get(f"{REGISTER}register.csv")
    assert "[Exempt, paragraph 7" in words(whole)
    assert "SECRET plan" in words(whole)
    without = PERMISSIONS["lead"] - {Permission.EXPORT_RESTRICTED}
    monkeypatch.setitem(PERMISSIONS, "lead", without)
    for kind in ("csv", "xlsx"):
        response = page.get(f"{REGISTER}register.{kind}")
        assert "(public)" in response["Content-Disposition"]
        said = response.content.decode("utf-8-sig") if kind == "csv" else in_cells(response)
        assert "SECRET" not in said
        assert "Not for publication: paragraph 7" in said
        assert "Open plan" in said


def in_cells(response: HttpResponse) -> str:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


# Cost, races, real input ----------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?group=owner", "?group=benchmark&status=all"])
@pytest.mark.parametrize("who", ["lead", "contributor"])
def test_the_cost_does_not_grow(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle, who: str, query: str
) -> None:
    make(cycle, "One.", owner=contributor, due_date=datetime.date(2019, 1, 1))  # on page one
    client = as_(lead if who == "lead" else contributor)
    name = "councils:register" + (", contributor" if who == "contributor" else "")
    assert_budget(name, lambda: client.get(REGISTER + query))
    fill(cycle, lead)
    assert_budget(name, lambda: client.get(REGISTER + query))


def test_the_cost_of_giving_does_not_grow(
    cycle: Cycle, lead: User, django_assert_max_num_queries: Any
) -> None:
    picked = {make(cycle, f"Action {number}.").pk: 1 for number in range(20)}
    with django_assert_max_num_queries(7):  # savepoint and release among them
        given = give_date(council=cycle.council, picked=picked, due_date=TODAY, by=lead)
    assert given.given == 20


@pytest.mark.skipif(
    not SOURCE.exists(), reason=f"needs the reference material, which is not at {SOURCE.parent}"
)
def test_a_real_toolkit_s_actions_are_counted_as_they_are(
    page: Client, northmere: Council, lead: User
) -> None:
    """Of its cells for actions, two say that there is none."""
    load([read_edition(EDITION)])
    source = read_source()
    for question in source["questions"]:
        for row in question["rows"]:
            if row["action_status"] in ("none", "not an action"):
                row["action"] = ""
    data = json.dumps(as_interchange(source)).encode()
    load_cycle(council=northmere, record=read_cycle(data, blank_record), by=lead)
    shown = words(page.get(f"{REGISTER}?status=all"))
    assert "31 actions : 23 have no date , 6 have no owner , none is overdue." in shown
    assert "26 open actions : " in words(page.get(REGISTER))
