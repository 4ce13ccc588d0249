"""The next cycle on a new edition: previewed, then carried along the mapping, nothing lost."""

import datetime
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from assessments.carrying import BETWEEN, characters
from assessments.models import (
    Action,
    ActionLink,
    Council,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    User,
)
from assessments.progress import progress_of, total
from assessments.services.cycles import PlanChanged, plan_between, start_cycle
from benchmarks.models import EditionMapping, Toolkit
from tests.budgets import assert_budget
from tests.cast import SignIn

FIXTURES = Path(__file__).parents[2] / "fixtures"
NEXT_YEAR = {"period": "2025/26", "as_at": datetime.date(2025, 12, 1)}


@pytest.fixture
def editions(db: None) -> dict[str, Toolkit]:
    for slug in ("home-office-2018", "home-office-2023"):
        file = FIXTURES / "toolkits" / f"{slug}.yaml"
        call_command("toolkit", "load", str(file), stdout=StringIO())
    mapping = FIXTURES / "mappings" / "home-office-2018-to-2023.yaml"
    call_command("mapping", "load", str(mapping), stdout=StringIO())
    return {toolkit.slug: toolkit for toolkit in Toolkit.objects.all()}


@pytest.fixture
def old(editions: dict[str, Toolkit], northmere: Council, lead: User) -> Cycle:
    """2024/25 on the edition of 2018, with texts at every one of its questions."""
    toolkit = editions["home-office-2018"]
    cycle = start_cycle(
        council=northmere,
        toolkit=toolkit,
        scale=toolkit.scales.get(slug="rag"),
        period="2024/25",
        as_at=datetime.date(2024, 12, 1),
        by=lead,
    )
    for number, row in enumerate(cycle.questions.select_related("question"), start=1):
        place = {"cycle": cycle, "question": row.question}
        said = {"text": f"What we say, {'x' * number}.", "covers": []}
        EvidenceStatement.objects.create(**place, **said)
        EvidenceItem.objects.create(**place, title=f"Minutes {number}", reference="CS/1")
        action = Action.objects.create(
            council=northmere,
            text=f"Do {'y' * number}.",
            status="completed" if number % 3 == 0 else "in-progress",
        )
        ActionLink.objects.create(action=action, **place)
    for row in cycle.benchmarks.all():
        row.rating = cycle.scale.levels.get(slug="green")
        row.actions, row.comments, row.reason = f"Act {row.pk}", f"Read {row.pk}", "We know."
        row.version = 1
        row.save()
    answer = cycle.answers.filter(question__ref="1.1").first()
    answer.not_applicable, answer.reason = True, "Owned by the county."
    answer.save()
    return cycle


def begin(old: Cycle, toolkit: Toolkit, by: User, **more: Any) -> Cycle:
    return start_cycle(
        council=old.council,
        toolkit=toolkit,
        scale=toolkit.default_scale,
        start_from=old,
        **NEXT_YEAR,
        **more,
        by=by,
    )


@pytest.fixture
def new(old: Cycle, editions: dict[str, Toolkit], lead: User) -> Cycle:
    return begin(old, editions["home-office-2023"], lead)


def benchmarks_of(old: Cycle, number: int) -> set[int]:
    """Where the evidence on an old benchmark went, by the texts."""
    texts = old.statements.filter(question__benchmark__number=number).values("text")
    cycle = old.council.cycles.get(period="2025/26")
    found = cycle.statements.filter(text__in=texts)
    return set(found.values_list("question__benchmark__number", flat=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, {2}), (2, {1}), (3, {3}), (4, {4}), (5, set()),
        (6, {6}), (7, {5}), (8, {6}), (9, {7}), (10, {7}),
    ],
)  # fmt: skip
def test_evidence_goes_where_the_mapping_says(old: Cycle, new: Cycle, before: int, after: set[int]):
    assert benchmarks_of(old, before) == after


def test_every_carried_text_says_where_it_came_from(old: Cycle, new: Cycle):
    text = old.statements.get(question__ref="6.2").text
    row = new.statements.get(text=text)
    assert row.carried_from == "benchmark 6, question 6.2 of 2024/25"
    assert (row.question.ref, row.covers, row.to_confirm) == ("6.1", [], True)
    for rows in (new.statements, new.evidence_items, new.action_links):
        assert not rows.filter(to_confirm=False).exists()
        assert not rows.exclude(carried_from__endswith=" of 2024/25").exists()


def test_lines_of_merged_benchmarks_are_joined(old: Cycle, new: Cycle):
    sixth, eighth = (old.benchmarks.get(benchmark__number=number) for number in (6, 8))
    row = new.benchmarks.get(benchmark__number=6)
    assert row.actions == f"{sixth.actions}{BETWEEN}{eighth.actions}"
    assert row.carried_from == "benchmarks 6 and 8 of 2024/25"
    assert row.to_confirm


def test_of_joined_lines_the_strictest_reader_counts(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    old.benchmarks.filter(benchmark__number=6).update(actions_sensitivity="exempt-3")
    old.benchmarks.filter(benchmark__number=9).update(comments_sensitivity="exempt-3")
    old.benchmarks.filter(benchmark__number=10).update(comments_sensitivity="exempt-7")
    cycle = begin(old, editions["home-office-2023"], lead)
    assert cycle.benchmarks.get(benchmark__number=6).actions_sensitivity == "exempt-3"
    assert cycle.benchmarks.get(benchmark__number=7).comments_sensitivity == "not-for-publication"


def test_ratings_are_not_converted(new: Cycle):
    assert not new.benchmarks.filter(rating__isnull=False).exists()
    assert not new.answers.filter(rating__isnull=False).exists()
    assert total(progress_of(new)[new.pk]).answered == 0


def test_a_rating_comes_along_where_benchmark_and_scale_stayed_the_same(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    score = editions["home-office-2018"].scales.get(slug="score")
    Cycle.objects.filter(pk=old.pk).update(scale=score)
    four = score.levels.get(slug="4")
    old.benchmarks.update(rating=four)
    cycle = begin(Cycle.objects.get(pk=old.pk), editions["home-office-2023"], lead)
    rated = {row.benchmark.number: row.rating for row in cycle.benchmarks.all()}
    assert [number for number, rating in rated.items() if rating] == [1, 2, 3, 4, 5]
    row = cycle.benchmarks.get(benchmark__number=1)
    assert (row.rating.label, row.to_confirm, row.is_decided) == (four.label, True, False)


def test_an_open_action_stays_one_record_and_completed_ones_stay_behind(old: Cycle, new: Cycle):
    carried = new.action_links.select_related("action")
    assert {link.action.status for link in carried} == {"in-progress"}
    assert old.council.actions.count() == old.action_links.count()
    at_channel = old.action_links.filter(question__benchmark__number=5).values("action")
    assert not carried.filter(action__in=at_channel).exists()


def test_characters_carried_and_left_behind_are_those_of_the_source(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    toolkit = editions["home-office-2023"]
    plan = plan_between(old, toolkit, toolkit.default_scale)
    source = (
        sum(len(row.text) for row in old.statements.all())
        + sum(len(r.title) + len(r.url) + len(r.reference) for r in old.evidence_items.all())
        + sum(len(r.actions) + len(r.comments) + len(r.reason) for r in old.benchmarks.all())
        + sum(len(row.reason) for row in old.answers.all())
        + sum(len(action.text) for action in old.council.actions.all())
    )
    assert characters(plan.carried) + characters(plan.left_behind) == source
    assert plan.left_behind
    assert all(piece.why for piece in plan.left_behind)

    new = begin(old, toolkit, lead)
    joins = len(BETWEEN) * 2 * 2  # two lines of two merged pairs each
    written = (
        sum(len(row.text) for row in new.statements.all())
        + sum(len(r.title) + len(r.url) + len(r.reference) for r in new.evidence_items.all())
        + sum(len(r.actions) + len(r.comments) + len(r.reason) for r in new.benchmarks.all())
        + sum(len(link.action.text) for link in new.action_links.all())
    )
    assert written - joins == characters(plan.carried)


def test_lines_too_long_to_be_joined_are_listed_as_left_behind(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    old.benchmarks.filter(benchmark__number__in=[6, 8]).update(comments="z" * 15_000)
    toolkit = editions["home-office-2023"]
    plan = plan_between(old, toolkit, toolkit.default_scale)
    (piece,) = [each for each in plan.left_behind if "too long" in each.why]
    assert (piece.number, piece.characters) == (8, 15_000)
    new = begin(old, toolkit, lead)
    assert len(new.benchmarks.get(benchmark__number=6).comments) == 15_000


def test_without_a_mapping_it_says_so(old: Cycle, toolkit: Toolkit, lead: User):
    with pytest.raises(ValidationError, match="Nothing says what became of"):
        begin(old, toolkit, lead)
    assert Cycle.objects.count() == 1


def test_what_changed_since_the_preview_is_not_written(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    toolkit = editions["home-office-2023"]
    seen = plan_between(old, toolkit, toolkit.default_scale).digest
    old.statements.filter(question__ref="1.1").update(text="Other words.")
    with pytest.raises(PlanChanged):
        begin(old, toolkit, lead, previewed=seen)
    assert Cycle.objects.count() == 1


def test_it_costs_the_same_however_much_is_carried(
    old: Cycle, editions: dict[str, Toolkit], lead: User, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(60):
        begin(old, editions["home-office-2023"], lead)


# On the pages -------------------------------------------------------------------------------
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
