"""The guidance pages, for anybody who is signed in."""

import pathlib

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from assessments.models import User
from benchmarks.editions.storing import load
from benchmarks.models import Benchmark, Toolkit
from tests.benchmarks.editions import small
from tests.cast import SignIn

pytestmark = pytest.mark.django_db
FOLDER = pathlib.Path(__file__).parents[2] / "fixtures" / "toolkits"
HOSTILE = "<script>alert(1)</script> {{ 7|add:7 }}"


@pytest.fixture
def shipped() -> None:
    call_command("toolkit", "load", *map(str, FOLDER.glob("*.yaml")), verbosity=0)


@pytest.fixture
def client(as_: SignIn, viewer: User) -> Client:
    return as_(viewer)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "address", ["/toolkits/", "/toolkits/home-office-2018/", "/toolkits/x/benchmarks/1/"]
)
def test_a_visitor_is_sent_to_sign_in(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.usefixtures("shipped")
def test_the_list_shows_each_edition(client: Client) -> None:
    html = page(client, "/toolkits/")
    assert 'href="/toolkits/home-office-2018/"' in html
    assert 'href="/toolkits/home-office-2023/"' in html
    assert "5 September 2018" in html


def test_the_list_says_where_there_is_none(client: Client) -> None:
    assert "No toolkit yet" in page(client, "/toolkits/")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("slug", ["home-office-2018", "home-office-2023"])
def test_a_toolkit_shows_all_it_asks_and_how_it_is_rated(client: Client, slug: str) -> None:
    html = page(client, f"/toolkits/{slug}/")
    toolkit = Toolkit.objects.with_contents().get(slug=slug)
    for benchmark in toolkit.benchmarks.all():
        assert f'href="{benchmark.get_absolute_url()}"' in html
        assert escape(benchmark.statement) in html
        assert all(escape(question.text) in html for question in benchmark.questions.all())
    for scale in toolkit.scales.all():
        assert all(escape(level.meaning) in html for level in scale.levels.all())
    assert escape(toolkit.attribution) in html


@pytest.mark.usefixtures("shipped")
def test_every_benchmark_has_its_guidance_page(client: Client) -> None:
    benchmarks = Benchmark.objects.select_related("toolkit")
    assert len(benchmarks) == 17
    for benchmark in benchmarks:
        html = page(client, benchmark.get_absolute_url())
        assert escape(benchmark.statement) in html
        assert escape(benchmark.outcome) in html
        assert escape(benchmark.guidance["summary"]) in html
        assert all(escape(point) in html for point in benchmark.guidance["look_for"])
        assert all(f'href="{link["url"]}"' in html for link in benchmark.guidance["links"])
        assert "Open Government Licence v3.0" in html
        for question in benchmark.questions.all():
            assert all(escape(prompt.text) in html for prompt in question.prompts.all())


@pytest.mark.usefixtures("shipped")
def test_a_benchmark_leads_to_its_neighbours(client: Client) -> None:
    middle = page(client, "/toolkits/home-office-2018/benchmarks/5/")
    assert 'href="/toolkits/home-office-2018/benchmarks/4/" rel="prev"' in middle
    assert 'href="/toolkits/home-office-2018/benchmarks/6/" rel="next"' in middle
    assert 'rel="prev"' not in page(client, "/toolkits/home-office-2018/benchmarks/1/")
    assert 'rel="next"' not in page(client, "/toolkits/home-office-2018/benchmarks/10/")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "address",
    [
        "/toolkits/absent/",
        "/toolkits/absent/benchmarks/1/",
        "/toolkits/home-office-2018/benchmarks/11/",
        "/toolkits/draft/",
        "/toolkits/draft/benchmarks/1/",
    ],
)
def test_what_is_not_published_is_not_found(client: Client, address: str) -> None:
    draft = Toolkit.objects.get(slug="home-office-2018")
    draft.pk, draft.slug, draft.published_at = None, "draft", None
    draft.save()
    Benchmark.objects.create(toolkit=draft, number=1, short_title="S", statement="S", guidance={})
    assert client.get(address).status_code == 404
    assert "/toolkits/draft/" not in page(client, "/toolkits/")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/toolkits/", 4),
        ("/toolkits/home-office-2018/", 9),
        ("/toolkits/home-office-2018/benchmarks/7/", 9),
    ],
)
def test_a_page_costs_few_queries(client: Client, address: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(client, address)
    assert len(queries) <= most, [query["sql"] for query in queries]


def test_text_is_shown_as_typed(client: Client) -> None:
    edition = small(title=HOSTILE, description=HOSTILE, attribution=HOSTILE)
    first = edition["benchmarks"][0]
    first |= {"short_title": HOSTILE, "statement": HOSTILE, "outcome": HOSTILE}
    first["guidance"] = {"summary": HOSTILE, "look_for": [HOSTILE], "links": []}
    first["questions"][0] |= {"text": HOSTILE, "prompts": [HOSTILE]}
    edition["scales"][0]["levels"][0]["meaning"] = HOSTILE
    load([edition])
    for address in ("", "small-edition/", "small-edition/benchmarks/1/"):
        html = page(client, f"/toolkits/{address}")
        assert escape(HOSTILE) in html
        assert "<script>alert" not in html


def test_guidance_stands_beside_a_question_without_a_query() -> None:
    load([small()])
    toolkit = Toolkit.objects.with_contents().get()
    with CaptureQueriesContext(connection) as queries:
        html = render_to_string(
            "benchmarks/_guidance.html", {"benchmark": toolkit.benchmarks.all()[0]}
        )
    assert len(queries) == 0
    assert "What it is about." in html
    assert "Minutes" in html
    assert 'href="/toolkits/small-edition/benchmarks/1/"' in html
