"""The dashboard on screen: words beside every chart, nothing of later cycles, nothing live."""

import datetime
import re

from django.utils import timezone

from assessments.models import Council, Cycle, User
from assessments.presenters.dashboard import Dashboard
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.assessments.boards import act, address, words_of
from tests.cast import SignIn


def test_what_moved_stands_with_the_officers_words(mixed: Cycle, as_: SignIn, chair: User) -> None:
    page = words_of(as_(chair).get(address(mixed)))
    assert re.search(r"1\. Local risk .*Red .*down from Amber .*The profile is old\.", page)
    assert re.search(r"2\. Training .*up from Red .*A named trainer left\. .*Exempt", page)
    assert "Not shown" not in page


def test_each_chart_has_words_in_its_place_and_a_table_under_it(
    mixed: Cycle, as_: SignIn, chair: User
) -> None:
    html = as_(chair).get(address(mixed)).content.decode()
    for name in ("heat-map", "distribution"):
        chart = html.index(f'aria-labelledby="{name}-title {name}-about"')
        assert f'<title id="{name}-title">' in html[chart:]
        assert f'<desc id="{name}-about">' in html[chart:]
        assert "<table" in html[chart : html.index("</section>", chart)]
    assert "style=" not in html


def test_an_earlier_dashboard_knows_nothing_of_later_cycles(
    mixed: Cycle, last_year: Cycle, as_: SignIn, chair: User
) -> None:
    assert [each.period for each in Dashboard(last_year).heat_map.columns] == ["2019"]
    page = as_(chair).get(address(last_year))
    assert f'href="{address(mixed)}"' in page.content.decode()


def test_an_action_and_an_owner_written_as_markup_are_inert(
    cycle: Cycle, as_: SignIn, chair: User
) -> None:
    act(cycle, "1.1", "<script>alert(1)</script>", "<b>Ann</b>", days=-1)
    html = as_(chair).get(address(cycle)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;Ann&lt;/b&gt;" in html


def test_a_council_with_another_edition_sees_both(
    cycle: Cycle, lead: User, northmere: Council
) -> None:
    other = Toolkit.objects.create(
        slug="other",
        title="Other toolkit",
        publisher="Invented",
        source_title="None",
        source_url="https://example.org/",
        licence="None",
        attribution="None",
        issued_on=datetime.date(2024, 1, 1),
        roll_up={"rule": "worst", "categories": ["expectation"], "says": "The worst."},
    )
    scale = other.scales.create(slug="score", name="Score", position=1)
    scale.levels.create(slug="1", label="1", rank=1, colour="red", met=False, meaning="Bad.")
    benchmark = other.benchmarks.create(number=1, short_title="Leadership", statement="Lead.")
    benchmark.questions.create(ref="1.1", position=1, category="expectation", text="Do you?")
    other.published_at = timezone.now()
    other.save()
    new = start_cycle(
        council=northmere,
        toolkit=other,
        scale=scale,
        period="2026/27",
        as_at=datetime.date(2026, 12, 1),
        by=lead,
    )
    board = Dashboard(new)
    assert [group.title for group in board.heat_map.groups] == ["Other toolkit", "Small toolkit"]
    assert board.movement.none == "There is no earlier cycle on this edition to compare with."
