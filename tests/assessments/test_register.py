"""The register of a council's actions: listed, filtered, counted."""

import datetime
import json
import re
from typing import Any

import pytest
from django.test import Client

from assessments.imports.interchange import read_cycle
from assessments.models import Action, ActionLink, ActionOwner, Council, Cycle, User
from assessments.presenters.register_query import owner_key
from assessments.record_builder import blank_record
from assessments.services.cycles import start_cycle
from assessments.services.interchange import load_cycle
from assessments.services.register import give_date
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from tests.assessments.registered import EDITION, REGISTER, TODAY, make, texts, words
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.exports.thurrock import SOURCE, as_interchange, read_source
from tests.volume import add_earlier_cycle, fill


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
