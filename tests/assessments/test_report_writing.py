"""A pack as a report: numbers, what each audience reads, and what a snapshot says."""

import datetime
from dataclasses import replace

import pytest

from assessments.models import Audience, PartKind, SectionKind, Sensitivity
from assessments.packs import Meeting, PackRecord, Part, Publisher, Section, canonical, thaw
from assessments.record import (
    Action,
    Benchmark,
    BenchmarkDecision,
    CycleRecord,
    Level,
    Owner,
    PastCycle,
    PastRating,
    Text,
)
from assessments.release_check import unknown_appendices, withheld_of_report
from assessments.report import Bullets, FrontSheet, Heading, Paragraph, Report, Table
from assessments.report.text import Points, Subheading, Words, typed_blocks
from assessments.report.writing import write_report
from assessments.snapshots import Frozen, SignOff

SIGNED = datetime.datetime(2026, 2, 26, 14, tzinfo=datetime.UTC)
RED = Level("red", "Red", 0, "red", "■", False, "Not met")
AMBER = Level("amber", "Amber", 1, "amber", "▲", False, "Partly met")
GREEN = Level("green", "Green", 2, "green", "●", True, "Met")
LEVELS = (RED, AMBER, GREEN)
EXEMPT, SECRET = Sensitivity.EXEMPT_7.value, Sensitivity.NOT_FOR_PUBLICATION.value


def benchmark(number: int, level: Level | None, **texts: Text) -> Benchmark:
    words = {"actions": Text(), "comments": Text(), **texts}
    return Benchmark(
        number, f"Benchmark {number}", "", "", BenchmarkDecision(level), questions=(), **words
    )


def past(period: str, year: int, *levels: Level | None) -> PastCycle:
    ratings = tuple(
        PastRating(n, f"Benchmark {n}", BenchmarkDecision(e)) for n, e in enumerate(levels, 1)
    )
    return PastCycle(period, datetime.date(year, 12, 31), "Small toolkit", "RAG", ratings)


def frozen(*benchmarks: Benchmark, actions: tuple[Action, ...] = (), number: int = 1) -> Frozen:
    record = CycleRecord(
        council_name="Northmere Borough Council",
        council_slug="northmere",
        accent_colour="#00594f",
        toolkit_slug="small",
        toolkit_title="Small toolkit",
        attribution="",
        scale_slug="rag",
        scale_name="RAG",
        levels=LEVELS,
        period="2025/26",
        as_at=datetime.date(2025, 12, 31),
        closes_on=None,
        benchmarks=benchmarks or (benchmark(1, GREEN), benchmark(2, AMBER)),
        actions=actions,
    )
    sign = SignOff(number, 1, "Chika Chair", SIGNED, "", "", "Lena Lead", "", 0, "")
    return Frozen(sign, record, (), ())


def text(words: str, sensitivity: str = "public") -> Part:
    return Part(PartKind.TEXT.value, Text(words, sensitivity))


def block(kind: PartKind, sensitivity: str = "public") -> Part:
    return Part(kind.value, Text("", sensitivity), snapshot=1)


def section(key: str, *parts: Part, kind: SectionKind = SectionKind.NUMBERED) -> Section:
    return Section(key, key.capitalize(), kind.value, parts)


def pack(*sections: Section, **changes: object) -> PackRecord:
    record = PackRecord(
        publisher=Publisher("Northmere Borough Council", "#00594f"),
        title="Prevent duty",
        meeting=Meeting("Scrutiny Committee", datetime.date(2026, 3, 20)),
        sections=sections,
        snapshot=1,
        snapshot_sha256="",
        period="2025/26",
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def report(
    *sections: Section,
    audience: Audience = Audience.PUBLIC,
    snapshot: Frozen | None = None,
    **changes: object,
) -> Report:
    snapshots = {1: snapshot or frozen()}
    return write_report(pack(*sections, **changes), snapshots, audience=audience, version="Draft 1")


def numbers(written: Report) -> list[str]:
    return [each.number for each in written.blocks if isinstance(each, Heading | Paragraph)]


def said(written: Report) -> list[str]:
    return ["".join(map(str, b.text)) for b in written.blocks if isinstance(b, Paragraph)]


def test_text_is_told_apart_into_paragraphs_bullets_and_subheadings():
    typed = "One\nline.\n\n## Heading\nTwo:\n- first\n• second\n\n\n \nThree."
    assert typed_blocks(typed) == (
        Words("One\nline."),
        Subheading("Heading"),
        Words("Two:"),
        Points(("first", "second")),
        Words("Three."),
    )


def test_paragraphs_are_numbered_within_their_section_and_below_a_subheading():
    written = report(
        section("summary", text("Plain."), kind=SectionKind.PLAIN),
        section("first", text("A.\n\nB.")),
        section("second", text("C.\n\n## Sub\n\nD.\n\nE."), text("F.\n\n## Next\n\nG.")),
    )
    assert numbers(written) == [
        *["", ""],
        *["1", "1.1", "1.2"],
        *["2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.3", "2.3", "2.3.1"],
    ]


def test_implications_are_parts_of_their_section_with_who_verified_them():
    verified = replace(
        section("legal", text("None."), kind=SectionKind.IMPLICATION),
        verified_by="Lou Lawyer, Principal Lawyer",
        verified_on=datetime.date(2026, 3, 1),
    )
    written = report(section("before"), section("implications"), verified)
    heading, who, words = written.blocks[2:5]
    assert isinstance(heading, Heading)
    assert (heading.number, heading.level) == ("2.1", 3)
    assert isinstance(who, Paragraph)
    assert who.lead == "Implications verified by:"
    assert who.text == ("Lou Lawyer, Principal Lawyer, 1 March 2026",)
    assert isinstance(words, Paragraph)
    assert words.number == ""


def test_a_withheld_text_shows_one_line_and_keeps_every_number_after_it():
    sections = section("a", text("One."), text("Two.\n\nThree.", EXEMPT), text("Four."))
    public, exempt = (report(sections, audience=a) for a in (Audience.PUBLIC, Audience.COMMITTEE))
    assert said(public) == ["One.", "Not for publication: paragraph 7", "Four."]
    assert numbers(public) == ["1", "1.1", "1.2", "1.4"]
    assert said(exempt) == ["One.", "Two.", "Three.", "Four."]
    assert numbers(exempt) == ["1", "1.1", "1.2", "1.3", "1.4"]


def test_everything_of_a_restricted_text_or_block_says_so_where_it_may_be_read():
    """Sub-headings too, and the captions of tables: any of them may be copied by itself."""
    exempt = text("## Operation\n\nWords.\n- point", EXEMPT)
    written = report(
        section("a", exempt, block(PartKind.SCORES, EXEMPT)), audience=Audience.COMMITTEE
    )
    label = Sensitivity(EXEMPT).label
    _, *blocks = written.blocks
    assert len(blocks) == 7
    for each in blocks:
        said_of_it = each.caption if isinstance(each, Table | FrontSheet) else each.marking
        assert label.lower() in said_of_it.lower(), each
    withheld = [(each.place, each.text) for each in withheld_of_report(written)]
    assert withheld[:3] == [
        ("sub-heading 1.1", "Operation"),
        ("paragraph 1.1.1", "Words."),
        ("1.1 Operation", "point"),
    ]
    assert ("paragraph 1.1.2", said(written)[1]) in withheld


def test_restricted_words_in_a_block_of_the_snapshot_say_so():
    first = benchmark(1, AMBER, actions=Text("Plan.", EXEMPT), comments=Text("Noted.", EXEMPT))
    late = replace(action("Raid.", DAY_BEFORE), text=Text("Raid.", EXEMPT))
    late = replace(late, owners=(Owner(Text("A. Source", EXEMPT)),))
    snapshot = replace(frozen(first, actions=(late,)), past=(past("2024/25", 2024, RED),))
    kinds = (PartKind.RATINGS, PartKind.MOVEMENT, PartKind.DEVELOPMENT, PartKind.OVERDUE)
    sections = section("a", *map(block, kinds))
    everything = str(report(sections, audience=Audience.COMMITTEE, snapshot=snapshot).blocks)
    for words, times in (("Plan.", 2), ("Noted.", 2), ("Raid.", 1), ("A. Source", 1)):
        marked = f"[{Sensitivity(EXEMPT).label}] {words}"
        assert everything.count(words) == everything.count(marked) == times, words
    public = str(report(sections, snapshot=snapshot).blocks)
    assert not [w for w in ("Plan.", "Noted.", "Raid.", "A. Source") if w in public]


def test_what_a_version_holds_is_said_of_what_its_readers_may_read():
    sections = section("a", text("Secret.", SECRET))
    for audience in (Audience.PUBLIC, Audience.COMMITTEE):
        assert report(sections, audience=audience).publicity == "This report is public."
    both = section("a", text("Secret.", SECRET), block(PartKind.SCORES, EXEMPT))
    assert report(both, audience=Audience.COMMITTEE).publicity == (
        "This version contains text that is not for publication: paragraph 7."
    )


def test_a_committee_reads_what_is_exempt_and_not_what_is_for_nobody():
    written = report(
        section("a", text("Exempt.", EXEMPT), text("Secret.", SECRET)), audience=Audience.COMMITTEE
    )
    assert said(written) == ["Exempt.", "Not for publication"]
    paragraphs = [b for b in written.blocks if isinstance(b, Paragraph)]
    assert paragraphs[0].marking.startswith("Exempt, paragraph 7")


def test_of_an_exempt_report_the_public_gets_its_head_and_the_reason():
    written = report(
        section("a", text("Words."), block(PartKind.RATINGS)),
        sensitivity=EXEMPT,
        public_interest="It would hamper an operation.",
    )
    assert said(written) == ["Not for publication: paragraph 7"] * 2
    assert "It would hamper an operation." in written.publicity
    assert not list(written.tables)


def test_a_restricted_block_is_left_out_whole():
    written = report(section("a", block(PartKind.SCORES, EXEMPT)))
    assert said(written) == ["Not for publication: paragraph 7"]
    assert not list(written.tables)


def test_the_front_sheet_shows_each_benchmark_with_its_rating_and_lines():
    first = benchmark(1, GREEN, actions=Text("Go on."), comments=Text("Secret", SECRET))
    written = report(
        section("a", block(PartKind.RATINGS)), snapshot=frozen(first, benchmark(2, None))
    )
    sheet = next(each for each in written.blocks if isinstance(each, FrontSheet))
    assert [entry.title for entry in sheet.entries] == ["1. Benchmark 1", "2. Benchmark 2"]
    assert [entry.rating.mark for entry in sheet.entries] == ["● Green", "Not decided"]
    lines = {line.label: line.text for line in sheet.entries[0].lines}
    assert lines == {"Actions": "Go on.", "Comments": "Not for publication"}
    assert sheet.source == "From snapshot 1, signed off on 26 February 2026"
    assert "1 benchmark Green and 1 Not decided" in said(written)[0]


def test_scores_stand_in_a_table_with_what_they_mean():
    written = report(section("a", block(PartKind.SCORES)))
    (table,) = written.tables
    assert [str(getattr(cell, "mark", cell)) for row in table.rows for cell in row] == [
        *["1. Benchmark 1", "● Green"],
        *["2. Benchmark 2", "▲ Amber"],
    ]
    meanings = next(each for each in written.blocks if isinstance(each, Bullets))
    assert [item[0] for item in meanings.items] == [
        "Red: Not met",
        "Amber: Partly met",
        "Green: Met",
    ]


def test_movement_compares_with_the_self_assessment_before_on_the_same_scale():
    earlier = (past("2023/24", 2023, GREEN, GREEN), past("2024/25", 2024, RED, AMBER))
    snapshot = replace(frozen(), past=(*earlier, past("2025/26", 2025, GREEN, AMBER)))
    written = report(section("a", block(PartKind.MOVEMENT)), snapshot=snapshot)
    (table,) = written.tables
    assert [column.heading for column in table.columns][1:3] == ["2024/25", "2025/26"]
    assert [[getattr(c, "label", c) for c in row][:3] for row in table.rows] == [
        ["1. Benchmark 1", "Red", "Green"]
    ]


@pytest.mark.parametrize(
    ("earlier", "sentence"),
    [
        ((), "There is no earlier self-assessment to compare this one with."),
        (
            (replace(past("2024/25", 2024, GREEN), scale_name="1 to 5"),),
            "neither better nor worse can be said",
        ),
        ((past("2024/25", 2024, GREEN, AMBER),), "No benchmark’s rating has changed since 2024/25"),
    ],
)
def test_where_nothing_moved_it_says_why(earlier: tuple[PastCycle, ...], sentence: str):
    snapshot = replace(frozen(), past=earlier)
    written = report(section("a", block(PartKind.MOVEMENT)), snapshot=snapshot)
    assert sentence in said(written)[0]
    assert not list(written.tables)


def test_areas_for_development_are_the_benchmarks_that_are_not_met():
    short = benchmark(2, AMBER, actions=Text("Train more people."))
    na = replace(benchmark(3, None), decision=BenchmarkDecision(not_applicable=True))
    snapshot = frozen(benchmark(1, GREEN), short, na)
    written = report(section("a", block(PartKind.DEVELOPMENT)), snapshot=snapshot)
    bullets = next(each for each in written.blocks if isinstance(each, Bullets))
    assert bullets.items == (("2. Benchmark 2 (Amber): Train more people.",),)


DAY_BEFORE = datetime.date(2026, 2, 25)


def action(words: str, due: datetime.date | None, status: str = "in-progress") -> Action:
    owners = (Owner(Text("Police")),)
    return Action(1, Text(words), status, owners, due, Text(), None, ())


def test_overdue_actions_are_those_overdue_when_it_was_signed():
    eve, day = DAY_BEFORE, datetime.date(2026, 2, 26)
    actions = (
        action("Late.", eve),
        action("Due today.", day),
        action("Done.", eve, "completed"),
        action("Some day.", None),
    )
    written = report(section("a", block(PartKind.OVERDUE)), snapshot=frozen(actions=actions))
    (table,) = written.tables
    assert table.rows == (("Late.", "Police", "25 February 2026"),)
    assert said(written)[0] == "On 26 February 2026 1 action was overdue."


def test_the_exempt_appendix_is_listed_only_where_there_is_exempt_text():
    appendices = section("appendices")
    listed = [
        report(appendices, snapshot=frozen(benchmark(1, GREEN, comments=Text("x", kind))))
        for kind in ("public", SECRET, EXEMPT)
    ]
    items = [[i[0] for b in w.blocks if isinstance(b, Bullets) for i in b.items] for w in listed]
    first = "Appendix 1: Prevent self-assessment 2025/26"
    assert items[0] == items[1] == [first]
    assert items[2] == [
        first,
        "Appendix 2: Prevent self-assessment 2025/26 with exempt text "
        "(not for publication: paragraph 7)",
    ]


@pytest.mark.parametrize(
    ("first", "kind", "listed"),
    [
        (1, "public", ["Prevent", "Leaflet", "Terms"]),
        (2, "public", ["Leaflet", "Prevent", "Terms"]),
        (3, EXEMPT, ["Leaflet", "Terms", "Prevent", "Prevent"]),
        (1, EXEMPT, ["Prevent", "Prevent", "Leaflet", "Terms"]),
    ],
)
def test_the_councils_own_appendices_stand_before_and_after(
    first: int, kind: str, listed: list[str]
):
    """Numbered through, and the report refers to the self-assessment by its number."""
    written = report(
        section("issues", block(PartKind.RATINGS), text("See Appendices 1 and 9, and appendix 2.")),
        section("appendices"),
        snapshot=frozen(benchmark(1, GREEN, comments=Text("x", kind))),
        own_appendices=("Leaflet", "Terms"),
        first_appendix=first,
    )
    bullets = next(each for each in written.blocks if isinstance(each, Bullets))
    lines = [str(item[0]) for item in bullets.items]
    assert [line.partition(":")[0] for line in lines] == [
        f"Appendix {number}" for number, _ in enumerate(listed, start=1)
    ]
    assert [line.split()[2] for line in lines] == listed
    assert said(written)[0].endswith(
        f"The full self-assessment is at Appendix\N{NO-BREAK SPACE}{first}."
    )
    assert list(unknown_appendices(written)) == ["Appendix 9, in paragraph 1.2"]


def test_anchors_are_unique():
    parts = [text("## Same\n\nA."), text("## Same\n\nB.")]
    keys = [heading.key for heading in report(section("a", *parts), section("b", *parts)).headings]
    assert len(keys) == len(set(keys)) == 6


def test_a_pack_is_the_same_text_each_time_and_comes_back_whole():
    whole = pack(section("a", text("One.", EXEMPT), block(PartKind.SCORES)), marking="OFFICIAL")
    assert thaw(canonical(whole)) == whole
    assert canonical(thaw(canonical(whole))) == canonical(whole)
