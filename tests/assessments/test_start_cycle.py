"""Starting a cycle."""

import datetime

import pytest
from django.test import Client

from assessments.models import Answer, Council, Cycle, User
from benchmarks.models import Toolkit
from tests.cast import SignIn

ADDRESS = "/councils/northmere/cycles/start/"


def posted(toolkit: Toolkit, **changes: str) -> dict[str, str]:
    return {
        "scale": str(toolkit.scales.get(slug="rag").pk),
        "period": "2026/27",
        "as_at_0": "1",
        "as_at_1": "12",
        "as_at_2": "2026",
        "closes_on_0": "31",
        "closes_on_1": "3",
        "closes_on_2": "2027",
        **changes,
    }


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def test_a_lead_starts_a_cycle_and_lands_on_its_task_list(
    client_of_lead: Client, toolkit: Toolkit, lead: User
):
    response = client_of_lead.post(ADDRESS, posted(toolkit))
    cycle = Cycle.objects.get()
    assert response.url == f"/councils/northmere/cycles/{cycle.pk}/"
    assert (cycle.period, cycle.toolkit, cycle.scale.slug) == ("2026/27", toolkit, "rag")
    assert cycle.as_at == datetime.date(2026, 12, 1)
    assert cycle.closes_on == datetime.date(2027, 3, 31)
    assert cycle.history.get().history_user == lead
    assert Answer.objects.filter(cycle=cycle).count() == 7


def test_the_closing_date_may_be_left_out(client_of_lead: Client, toolkit: Toolkit):
    empty = {"closes_on_0": "", "closes_on_1": "", "closes_on_2": ""}
    client_of_lead.post(ADDRESS, posted(toolkit, **empty))
    assert Cycle.objects.get().closes_on is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2025/26", "2025/26"),
        (" 2025 - 2026 ", "2025/26"),
        ("2025–26", "2025/26"),
        ("2029/2030", "2029/30"),
        ("2026", "2026"),
        ("December  2026", "December 2026"),
    ],
)
def test_the_period_is_kept_in_one_form(
    client_of_lead: Client, toolkit: Toolkit, typed: str, kept: str
):
    client_of_lead.post(ADDRESS, posted(toolkit, period=typed))
    assert Cycle.objects.get().period == kept


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"scale": ""}, "id_scale_1", "Choose a toolkit"),
        ({"scale": "0"}, "id_scale_1", "Choose one of these toolkits"),
        ({"scale": "=1+1"}, "id_scale_1", "Choose one of these toolkits"),
        ({"period": " "}, "id_period", "Enter the period"),
        ({"period": "this year"}, "id_period", "with its year in full"),
        ({"period": "25/26"}, "id_period", "with its year in full"),
        ({"period": "2025/27"}, "id_period", "enter it like 2025/26"),
        ({"period": "2" * 51}, "id_period", "at most 50 characters"),
        ({"as_at_0": ""}, "id_as_at_0", "The date of the position must include a day"),
        ({"as_at_1": " "}, "id_as_at_1", "The date of the position must include a month"),
        ({"as_at_0": "31", "as_at_1": "2"}, "id_as_at_0", "must be a real date"),
        ({"as_at_2": "26"}, "id_as_at_2", "must have its year in full"),
        ({"as_at_0": "１"}, "id_as_at_0", "must be a real date"),
        ({"as_at_0": "-1"}, "id_as_at_0", "must be a real date"),
        ({"as_at_0": "first"}, "id_as_at_0", "must be a real date"),
        ({"as_at_1": "13"}, "id_as_at_1", "must be a real date"),
        ({"as_at_0": "0", "as_at_1": "13"}, "id_as_at_0", "must be a real date"),
        ({"as_at_2": "9" * 5000}, "id_as_at_2", "must be a real date"),
        ({"as_at_2": "2014"}, "id_as_at_0", "must be 1 July 2015 or later"),
        ({"as_at_2": "2226"}, "id_as_at_0", "within the next two years"),
        ({"closes_on_2": "2026"}, "id_closes_on_0", "must be 1 December 2026 or later"),
        ({"closes_on_2": "2227"}, "id_closes_on_0", "within the next two years"),
        ({"closes_on_2": ""}, "id_closes_on_2", "The closing date must include a year"),
    ],
)
def test_a_mistake_is_explained_and_linked_and_nothing_is_lost(
    client_of_lead: Client, toolkit: Toolkit, changes, field, message
):
    response = client_of_lead.post(ADDRESS, posted(toolkit, **changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Start a cycle" in page
    summary = dict(response.context["form"].error_links)
    assert message in summary[field]
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert not Cycle.objects.exists()
    assert 'value="2026/27"' in page or "period" in changes


def test_mistakes_are_summed_up_in_the_order_of_the_page(client_of_lead: Client, toolkit: Toolkit):
    blank = posted(toolkit, scale="", period="", as_at_0="", as_at_1="", as_at_2="")
    summary = client_of_lead.post(ADDRESS, blank).context["form"].error_links
    assert [place for place, _ in summary] == ["id_scale_1", "id_period", "id_as_at_0"]


def test_each_missing_part_of_a_date_is_linked_for_itself(client_of_lead: Client, toolkit: Toolkit):
    response = client_of_lead.post(ADDRESS, posted(toolkit, as_at_0="", as_at_2=""))
    assert response.context["form"].error_links == [
        ("id_as_at_0", "The date of the position must include a day"),
        ("id_as_at_2", "The date of the position must include a year"),
    ]


def test_all_of_the_date_missing(client_of_lead: Client, toolkit: Toolkit):
    missing = {"as_at_0": "", "as_at_1": "", "as_at_2": ""}
    response = client_of_lead.post(ADDRESS, posted(toolkit, **missing))
    assert ("id_as_at_0", "Enter the date of the position") in response.context["form"].error_links


def test_the_same_period_again_is_refused(client_of_lead: Client, cycle: Cycle, toolkit: Toolkit):
    response = client_of_lead.post(ADDRESS, posted(toolkit, period="2025-26"))
    assert "A cycle for 2025/26 on this toolkit has already been started" in str(
        response.context["form"].error_links
    )
    assert Cycle.objects.get() == cycle


def test_only_published_editions_are_offered(client_of_lead: Client, toolkit: Toolkit):
    draft = Toolkit.objects.create(
        slug="draft", title="Not out yet", issued_on=toolkit.issued_on, roll_up={}
    )
    scale = draft.scales.create(slug="own", name="Own", position=1)
    assert "Not out yet" not in client_of_lead.get(ADDRESS).content.decode()
    client_of_lead.post(ADDRESS, posted(toolkit, scale=str(scale.pk)))
    assert not Cycle.objects.exists()


def test_the_scale_used_last_is_ticked(client_of_lead: Client, cycle: Cycle):
    page = client_of_lead.get(ADDRESS).content.decode()
    scales = page[page.index('name="scale"') :]
    ticked = scales.split('checked="checked"')[0].rsplit('value="', 1)[1]
    assert ticked.startswith(f'{cycle.scale_id}"')


def test_without_a_toolkit_the_page_says_whom_to_ask(client_of_lead: Client, northmere: Council):
    assert "No toolkit is loaded yet" in client_of_lead.get(ADDRESS).content.decode()
