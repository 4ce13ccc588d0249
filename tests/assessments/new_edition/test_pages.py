"""The next cycle on a new edition, on the pages: previewed before it is written, and what came
from where."""

import datetime
import re

import pytest
from django.test import Client

from assessments.models import (
    Cycle,
    User,
)
from assessments.services.cycles import start_cycle
from benchmarks.models import EditionMapping, Toolkit
from tests.budgets import assert_budget
from tests.cast import SignIn

START = "/councils/northmere/cycles/start/"


def typed(old: Cycle, toolkit: Toolkit, **changes: str) -> dict[str, str]:
    return {
        "start_from": str(old.pk),
        "scale": str(toolkit.default_scale.pk),
        "period": "2025/26",
        "as_at_0": "1",
        "as_at_1": "12",
        "as_at_2": "2025",
        **changes,
    }


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def test_it_is_previewed_before_anything_is_written(
    client: Client, old: Cycle, editions: dict[str, Toolkit]
):
    toolkit = editions["home-office-2023"]
    response = client.post(START, typed(old, toolkit))
    page = response.content.decode()
    assert Cycle.objects.count() == 1
    assert "What comes along from 2024/25" in page
    assert "5. Channel panel" in page
    assert "Channel is assessed in the separate Channel panel assurance." in page
    preview = response.context["preview"]
    total, carried, left = (
        int(number.replace(",", "")) for number in (preview.total, preview.carried, preview.left)
    )
    assert total == carried + left > left > 0
    sixth = next(each for each in preview.arrivals if each.benchmark.number == 6)
    assert [each.number for each in sixth.sources] == [6, 8]
    assert "5 evidence texts, 5 documents" in sixth.what

    fields = dict(response.context["fields"], preview=preview.plan.digest)
    client.post(START, fields)
    cycle = Cycle.objects.get(period="2025/26")
    assert cycle.toolkit == toolkit
    assert cycle.statements.count() == len(
        [each for each in preview.plan.carried if each.kind.name == "EVIDENCE"]
    )


def test_a_stale_preview_is_shown_again(client: Client, old: Cycle, editions: dict[str, Toolkit]):
    data = typed(old, editions["home-office-2023"], preview="0" * 64)
    page = client.post(START, data).content.decode()
    assert "The last cycle has changed meanwhile" in page
    assert Cycle.objects.count() == 1


def test_from_the_preview_one_can_change_what_was_typed(
    client: Client, old: Cycle, editions: dict[str, Toolkit]
):
    data = typed(old, editions["home-office-2023"], preview="x", change="yes")
    page = client.post(START, data).content.decode()
    assert 'value="2025/26"' in page
    assert "Start the cycle" in page
    assert Cycle.objects.count() == 1


def test_beside_another_instrument_the_last_cycle_of_each_is_offered(
    client: Client, old: Cycle, editions: dict[str, Toolkit], toolkit: Toolkit, lead: User
):
    later = {"period": "2025", "as_at": datetime.date(2025, 6, 1)}
    scale = toolkit.default_scale
    start_cycle(council=old.council, toolkit=toolkit, scale=scale, **later, by=lead)
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get(START).content.decode()).split())
    offered = "Start from 2025 Small toolkit Start from 2024/25 Home Office Prevent toolkit 2018"
    assert f"{offered} Start empty" in page
    page = client.post(START, typed(old, editions["home-office-2023"])).content.decode()
    assert "What comes along from 2024/25" in page


def test_what_can_not_start_is_told_before_the_preview(
    client: Client, old: Cycle, editions: dict[str, Toolkit]
):
    data = typed(old, editions["home-office-2023"], as_at_2="2023")
    page = client.post(START, data).content.decode()
    assert "must be after that of 2024/25" in page


def test_an_edition_that_no_mapping_leads_to_is_refused_at_its_field(
    client: Client, old: Cycle, toolkit: Toolkit
):
    page = client.post(START, typed(old, toolkit)).content.decode()
    assert "Nothing says what became of" in page
    assert 'href="#id_start_from_1"' in page
    assert EditionMapping.objects.count() == 1


def test_the_benchmark_shows_the_ratings_of_what_it_came_from(
    client: Client, old: Cycle, new: Cycle
):
    address = f"/councils/northmere/cycles/{new.pk}/benchmarks/6/"
    page = " ".join(client.get(address).content.decode().split())
    assert "In 2024/25, 6. Prevent problem-solving process:" in page
    assert "In 2024/25, 8. Venue hire and IT policies:" in page
    assert page.count("In 2024/25") == 2


def test_the_dashboard_shows_both_editions_side_by_side(client: Client, old: Cycle, new: Cycle):
    page = client.get(f"/councils/northmere/cycles/{new.pk}/dashboard/").content.decode()
    assert "A number before a rating is that of the benchmark" in page
    assert "5. Channel panel" in page
    assert "was rated on another scale" in page


def test_the_question_shows_them_beside_too_on_the_scale_of_their_year(
    client: Client, old: Cycle, new: Cycle
):
    eighth = old.benchmarks.get(benchmark__number=8)
    eighth.rating, eighth.not_applicable = None, True
    eighth.save()
    beside = beside_question(client, new, "6.1")
    assert "How it was rated in 2024/25" in beside
    assert "on the scale Red, Amber, Green; none is converted" in beside
    assert re.findall(r"(\d+\. [\w -]+?) (Green|Not applicable)", beside) == [
        ("6. Prevent problem-solving process", "Green"),
        ("8. Venue hire and IT policies", "Not applicable"),
    ]
    assert "1. Local risk assessment Green" in beside_question(client, new, "2.1")


def test_what_was_carried_to_the_last_cycle_and_never_confirmed_is_no_rating_beside(
    client: Client, old: Cycle, new: Cycle
):
    old.benchmarks.update(to_confirm=True)
    assert "To confirm: rated Green" in beside_question(client, new, "6.1")


def test_in_the_second_year_on_the_edition_its_own_last_year_stands_beside(
    client: Client, new: Cycle, lead: User
):
    Cycle.objects.filter(pk=new.pk).update(as_at=datetime.date(2025, 11, 1))
    second = start_cycle(
        council=new.council,
        toolkit=new.toolkit,
        scale=new.scale,
        period="2026/27",
        as_at=datetime.date(2026, 12, 1),
        by=lead,
    )
    beside = beside_question(client, second, "6.1")
    assert "What you said in 2025/26" in beside
    assert "How it was rated" not in beside


def beside_question(client: Client, cycle: Cycle, ref: str) -> str:
    address = f"/councils/northmere/cycles/{cycle.pk}/questions/{ref}/"
    page = client.get(address).content.decode()
    aside = page[page.index('<aside class="app-aside"') : page.index("</aside>")]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", aside, flags=re.S).split())


def test_the_question_costs_what_it_does_every_year(client: Client, old: Cycle, new: Cycle):
    address = f"/councils/northmere/cycles/{new.pk}/questions/6.1/"
    assert_budget("councils:question, another edition", lambda: client.get(address))


def test_the_question_shows_where_its_texts_came_from(client: Client, old: Cycle, new: Cycle):
    address = f"/councils/northmere/cycles/{new.pk}/questions/6.1/"
    page = client.get(address).content.decode()
    assert "From benchmark 6, question 6.2 of 2024/25." in page
    assert "From benchmark 8, question 8.1 of 2024/25." in page
