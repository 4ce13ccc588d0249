import pytest
from pytest_django import DjangoAssertNumQueries

from benchmarks.contents import contents_of
from benchmarks.models import Toolkit

pytestmark = pytest.mark.django_db


def prompts(toolkit: Toolkit) -> list[str]:
    contents = contents_of(toolkit)
    questions = [q for b in contents.benchmarks.all() for q in b.questions.all()]
    return [prompt.text for question in questions for prompt in question.prompts.all()]


def test_published_contents_are_read_once(
    toolkit: Toolkit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = prompts(toolkit)
    with django_assert_num_queries(0):
        assert prompts(toolkit) == first


def test_a_draft_is_read_anew_each_time(toolkit: Toolkit) -> None:
    draft = Toolkit.objects.create(
        slug="draft", title="Draft", publisher="Us", attribution="None", licence="None",
        source_title="None", source_url="https://example.org", issued_on="2026-01-01", roll_up={},
    )  # fmt: skip
    assert prompts(draft) == []
    benchmark = draft.benchmarks.create(number=1, short_title="One", statement="One.")
    question = benchmark.questions.create(ref="1.1", position=1, category="expectation", text="?")
    question.prompts.create(position=1, text="Why?")
    assert prompts(draft) == ["Why?"]
