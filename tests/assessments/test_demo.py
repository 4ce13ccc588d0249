"""The demonstration loads once, tells its story, and takes nothing from a real council."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from assessments.demo.reading import laid_over, positions
from assessments.models import (
    Action,
    Answer,
    BenchmarkAssessment,
    Council,
    Cycle,
    DraftPart,
    EditionDraft,
    EvidenceItem,
    EvidenceStatement,
    Membership,
    Role,
    Snapshot,
    User,
)
from assessments.ratings import RatedAnswer, Suggestion, suggest
from assessments.record import Benchmark, CycleRecord
from assessments.record_builder import build_record
from assessments.services.snapshots import problems
from assessments.snapshots import thaw
from assessments.texts import texts
from tests.assessments.demo import FOLDER, ROOT, load_toolkits, run
from tests.cast import SignIn

REFERENCE = ROOT.parent / "shared" / "reference"
PEOPLE = yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8"))
MIDDLE_OF_2026 = datetime.date(2026, 7, 1)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Loads for all tests of this module, which see it in transactions of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_toolkits()
        yield run("demo")
        transaction.set_rollback(True)


@pytest.fixture
def output(loaded_once: str, db: None) -> str:
    return loaded_once


@pytest.fixture
def records(output: str) -> dict[str, CycleRecord]:
    """Northmere's on the Home Office's edition, by period."""
    cycles = Cycle.objects.filter(council__slug="northmere", toolkit__slug="home-office-2018")
    cycles = cycles.order_by("as_at")
    return {cycle.period: build_record(cycle) for cycle in cycles}


@pytest.fixture
def current(records: dict[str, CycleRecord]) -> CycleRecord:
    return records["2026/27"]


def decided(record: CycleRecord) -> list[bool]:
    return [a.decision.is_decided for q in record.questions.values() for a in q.answers]


def suggestion(record: CycleRecord, benchmark: Benchmark) -> Suggestion:
    cycle = Cycle.objects.get(council__slug=record.council_slug, period=record.period)
    answers = [
        RatedAnswer(question.ref, question.category, answer.decision)
        for question in benchmark.questions
        for answer in question.answers
    ]
    return suggest(cycle.toolkit.roll_up, record.levels, answers)


def everything() -> dict[str, list[tuple[object, ...]]]:
    models = [*apps.get_app_config("assessments").get_models()]
    return {m.__name__: list(m._default_manager.order_by("pk").values_list()) for m in models}


def test_a_second_run_changes_nothing(output: str) -> None:
    before = everything()
    assert run("demo") == output
    assert everything() == before
    assert before["Cycle"]
    assert before["HistoricalAnswer"]


def test_what_somebody_has_changed_stays_changed(output: str) -> None:
    Council.objects.filter(slug="northmere").update(name="Northmere, renamed")
    run("demo")
    assert Council.objects.get(slug="northmere").name == "Northmere, renamed"


def test_every_account_signs_in_with_the_printed_password(output: str) -> None:
    assert PEOPLE["password"] in output
    for person in PEOPLE["people"]:
        assert person["email"] in output
        form = {"login": person["email"], "password": PEOPLE["password"]}
        response = Client().post(reverse("account_login"), form)
        assert response.status_code == 302, person["email"]


def test_both_councils_have_every_role_and_somebody_belongs_to_both(output: str) -> None:
    roles = defaultdict(dict)
    for membership in Membership.objects.select_related("council", "user"):
        roles[membership.user][membership.council.slug] = membership.role
    for slug in ("northmere", "southbeck"):
        assert {each[slug] for each in roles.values() if slug in each} == set(Role.values)
    both = [set(each.values()) for each in roles.values() if len(each) == 2]
    assert [len(each) for each in both] == [2], "one person, with a different role in each"
    assert User.objects.get(is_site_administrator=True) not in roles


def test_the_councils_are_separate(output: str, as_: SignIn) -> None:
    client = as_(User.objects.get(email="hannah.osei-lamb@southbeck.example"))
    assert client.get("/councils/southbeck/").status_code == 200
    assert client.get("/councils/northmere/").status_code == 404


def test_finished_years_are_answered_whole_and_the_current_one_by_two_thirds(
    records: dict[str, CycleRecord], current: CycleRecord
) -> None:
    assert list(records) == ["2024/25", "2025/26", "2026/27"]
    for period in ("2024/25", "2025/26"):
        assert decided(records[period]) == [True] * 107
        assert all(each.decision.is_decided for each in records[period].benchmarks)
    assert 0.6 < sum(decided(current)) / 107 < 0.75
    southbeck = build_record(Cycle.objects.get(council__slug="southbeck", period="2025/26"))
    assert [b.decision.label for b in southbeck.benchmarks] == ["4", "3", "4", "4", "3", "2", "3"]
    assert decided(southbeck) == [True] * 7


def test_a_year_started_from_the_last_one_is_partly_confirmed(output: str) -> None:
    cycle = Cycle.objects.get(council__slug="southbeck", period="2026/27")
    waits = cycle.answers.filter(to_confirm=True).values_list("question__ref", flat=True)
    assert sorted(waits) == ["2.1", "3.1", "6.1", "7.1"]
    judged = cycle.benchmarks.filter(to_confirm=False)
    assert sorted(judged.values_list("benchmark__number", flat=True)) == [1, 4]
    assert cycle.statements.filter(to_confirm=True, carried_from="2025/26").exists()
    statement = cycle.statements.filter(to_confirm=False, question__ref="5.1").first()
    days = [entry.history_date.date().isoformat() for entry in statement.history.all()]
    assert days == ["2026-11-16", "2026-11-02"]


def test_the_story_of_three_years(records: dict[str, CycleRecord]) -> None:
    story = {
        benchmark.number: [
            r.benchmarks[benchmark.number - 1].decision.label for r in records.values()
        ]
        for benchmark in records["2026/27"].benchmarks
    }
    assert story[7] == ["Red", "Amber", "Green"]
    assert story[8] == ["Amber", "Green", "Green"]
    assert story[10] == ["Green", "Amber", "Not decided"]
    assert story[6] == ["Amber", "Amber", "Not decided"]


def test_a_rating_that_differs_from_its_suggestion_has_a_reason(
    records: dict[str, CycleRecord],
) -> None:
    differing = []
    for record in records.values():
        for benchmark in record.benchmarks:
            differs = suggestion(record, benchmark).differs_from(benchmark.decision)
            assert bool(benchmark.decision.reason) == differs, (record.period, benchmark.number)
            differing += [benchmark.number] * differs
    assert 7 in differing


def test_what_is_not_applicable_says_why(records: dict[str, CycleRecord]) -> None:
    for record in records.values():
        reasons = [
            answer.decision.reason.value
            for question in record.questions.values()
            for answer in question.answers
            if answer.decision.not_applicable
        ]
        assert len(reasons) == 2
        assert all(reasons)


def test_every_rated_prompt_has_evidence_and_some_statements_span_several(
    records: dict[str, CycleRecord],
) -> None:
    for record in records.values():
        for question in record.questions.values():
            for answer in question.answers:
                if answer.decision.level and answer.position:
                    assert question.statements_covering(answer.position), (
                        record.period,
                        question.ref,
                    )
        spans = Counter(len(s.covers) for q in record.questions.values() for s in q.statements)
        assert {0, 1, 2, 3} <= set(spans)
        assert record.questions["5.3"].statements[0].covers == ()


def test_every_kind_of_sensitivity_is_there(current: CycleRecord) -> None:
    kinds = Counter(text.sensitivity for text in texts(current) if text)
    assert set(kinds) == {"public", "exempt-1", "exempt-3", "exempt-7", "not-for-publication"}
    assert kinds["public"] > 0.8 * kinds.total()


def test_actions_are_as_untidy_as_in_life(output: str) -> None:
    actions = Action.objects.filter(council__slug="northmere")
    assert 20 <= actions.count() <= 30
    assert actions.overdue(MIDDLE_OF_2026).count() >= 2
    open_actions = actions.open()
    assert open_actions.exclude(due_words="").count() >= 2
    assert open_actions.filter(due_date=None, due_words="").count() >= 2
    assert open_actions.filter(owners=None).count() >= 2
    assert actions.filter(status="completed").exists()
    assert not actions.filter(status="completed", completed_on=None).exists()
    assert actions.filter(links__cycle__period="2024/25").filter(links__cycle__period="2026/27"), (
        "one lives on over the years"
    )
    assert actions.filter(updates__quarter="Q2 2026/27").exists()


def test_nothing_happens_to_an_action_before_it_is_added(output: str) -> None:
    for action in Action.objects.all():
        added, *later = action.history.order_by("history_id")
        assert added.history_type == "+"
        days = [update.dated_on for update in action.updates.all()]
        days += [entry.history_date.date() for entry in later]
        histories = [link.history.all() for link in action.links.all()]
        days += [entry.history_date.date() for history in histories for entry in history]
        assert min(days) >= added.history_date.date(), action.text


def test_documents_run_out(output: str) -> None:
    items = EvidenceItem.objects.filter(cycle__period="2026/27")
    assert items.filter(review_on__lt=MIDDLE_OF_2026).exists()
    assert items.filter(review_on__gt=MIDDLE_OF_2026).exists()


def test_history_names_several_people_on_days_gone_by(output: str) -> None:
    for model in (Answer, BenchmarkAssessment, EvidenceStatement, Action):
        entries = list(model.history.select_related("history_user"))
        assert all(entry.history_user for entry in entries)
        assert len({entry.history_date.date() for entry in entries}) > 3
        assert max(entry.history_date.date() for entry in entries) < datetime.date(2026, 11, 21)
    edited = BenchmarkAssessment.objects.get(
        cycle__council__slug="northmere", cycle__period="2026/27", benchmark__number=7
    )
    labels = [str(entry.rating) for entry in edited.history.order_by("history_date")]
    assert labels == ["Amber", "Green"]
    writers = EvidenceStatement.history.values_list("history_user__name", flat=True).distinct()
    assert len(set(writers)) >= 4


def test_the_channel_panel_stands_beside_its_benchmark_in_invented_words(
    output: str, as_: SignIn
) -> None:
    client = as_(User.objects.get(email="ruth.halloran@northmere.example"))
    main = Cycle.objects.get(council__slug="northmere", period="2026/27")
    channel = Cycle.objects.get(toolkit__slug="northmere-channel-panel-assurance")
    cycles = "/councils/northmere/cycles/{}/{}/"
    benchmark = client.get(
        cycles.format(main.pk, "benchmarks/5") + "?take-assurance=yes"
    ).content.decode()
    says = (
        "Channel panel assurance (invented statements), September 2026: 15 Green and 2 Amber of 17."
    )
    assert says in benchmark
    summary = client.get(cycles.format(channel.pk, "summary")).content.decode()
    assert "Put the half-year look-back into the panel’s calendar." in summary
    entries = [*EditionDraft.history.all(), *DraftPart.history.all()]
    assert {entry.history_date.date().isoformat() for entry in entries} == {"2026-06-22"}


def test_an_unsaved_draft_waits_for_its_author(output: str, as_: SignIn) -> None:
    author = User.objects.get(email="samuel.adeyinka@northmere.example")
    draft = author.drafts.get()
    address = f"/councils/northmere/cycles/{draft.cycle_id}/questions/5.7/"
    page = as_(author).get(address).content.decode()
    (text,) = draft.data["evidence-new-1-text"]
    assert text.split(".")[0] in page
    assert not EvidenceStatement.objects.filter(text=text).exists()


def test_addresses_reach_nobody(output: str) -> None:
    assert all(user.email.endswith(".example") for user in User.objects.all())
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        hosts = re.findall(r"https?://([^/\s]+)", text) + re.findall(r"[\w.]+@([\w.-]+)", text)
        assert all(host.endswith(".example") for host in hosts), path.name


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_says_that_it_is_invented(path: Path) -> None:
    header = path.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert header.startswith("# Demonstration data: ")
    assert "invented" in header


@pytest.mark.skipif(not REFERENCE.exists(), reason="the real documents are not on this machine")
def test_no_sentence_is_taken_from_a_real_document() -> None:
    real = set()
    for path in REFERENCE.iterdir():
        if path.suffix in {".txt", ".json"}:
            real |= runs_of_words(path.read_text(encoding="utf-8"))
    for path in FOLDER.glob("*.yaml"):
        assert not runs_of_words(path.read_text(encoding="utf-8")) & real, path.name


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(7)), strict=False))


def test_a_later_year_replaces_adds_and_removes_entry_by_entry() -> None:
    base = {"a": 1, "b": {"x": 1, "y": 2}, "c": [1], "d": {"z": 1}}
    changes = {"a": 2, "b": {"y": None, "z": 3}, "c": [2], "d": None, "e": {"n": 1}, "f": None}
    assert laid_over(base, changes) == {
        "a": 2,
        "b": {"x": 1, "z": 3},
        "c": [2],
        "e": {"n": 1},
    }
    assert base["b"] == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ("1-3", [1, 2, 3]),
        (4, [4]),
        ("4, 6", [4, 6]),
        ("1-2, 7-8", [1, 2, 7, 8]),
        ("whole question", []),
    ],
)
def test_the_prompts_a_statement_covers(covers: object, expected: list[int]) -> None:
    assert positions(covers) == expected


def test_a_snapshot_holds_what_stood_on_its_day(output: str) -> None:
    snapshots = Snapshot.objects.order_by("signed_at")
    assert [snapshot.council.slug for snapshot in snapshots] == [
        "northmere",
        "northmere",
        "southbeck",
    ]
    assert list(problems(Snapshot.objects.all())) == []
    for snapshot in snapshots:
        signed_on = snapshot.signed_at.date()
        for action in thaw(snapshot.content).record.actions:
            days = [update.dated_on for update in action.updates]
            days += [action.completed_on] if action.completed_on else []
            assert all(day <= signed_on for day in days), action.text.value
