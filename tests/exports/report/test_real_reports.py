"""A real council's two reports, of 2019 and 2024, made again as packs: the same facts at the
head, ratings, headings in order, verifiers, appendices and author."""

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings

from assessments.exports.report.pdf import render_report_pdf
from assessments.models import Audience, Council, Pack, SectionKind, User
from assessments.services.pack_files import preview
from assessments.services.pack_sections import Verification, verify
from assessments.services.packs import MeetingInput, start_pack
from assessments.services.report_sections import SectionInput, save_sections, sections_of
from benchmarks.models import Toolkit
from tests.assessments.test_ratings_history import SOURCE, entered
from tests.exports.pdf_reading import squeezed
from tests.exports.report.reading import Found, found_in_pdf
from tests.packs import freeze_now, write

pytestmark = pytest.mark.skipif(
    not SOURCE.exists(), reason="the reference material (ratings-history.json) isn't here"
)
MADE_ON = datetime.date(2024, 2, 12)
# Which of our sections stands for a heading of theirs, in the order of both.
KEYS = [
    "executive-summary",
    "commissioner-comment",
    "recommendations",
    "background",
    "issues",
    "reasons",
    "consultation",
    "impact",
    "implications",
    "background-papers",
    "appendices",
]
IMPLICATIONS = {
    "Financial": "financial",
    "Legal": "legal",
    "Diversity and Equality": "equality",
    "Risks": "risks",
    "Other implications": "other",
}


@dataclass(frozen=True)
class Real:
    """What is known of a real report, and the ratings that it tells of."""

    facts: dict[str, Any]
    ratings: dict[str, Any]

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.facts["date"])

    @property
    def assistant_directors(self) -> list[str]:
        found: list[str] = self.facts["accountable_assistant_director"].split("; ")
        return found

    @property
    def headings(self) -> list[str]:
        """One by one: those of the implications stand in brackets behind their section's."""
        flat = []
        for heading in self.facts["headings"]:
            flat.append(heading.partition(" (7.1")[0])
            flat += re.findall(r"7\.\d [A-Z][^,)]+", heading)
        return flat

    @property
    def appendices(self) -> list[str]:
        """Their titles without their numbers."""
        return [re.sub(r"^Appendix \d[ :–-]*", "", each) for each in self.facts["appendices"]]

    @property
    def author(self) -> list[str]:
        """The lines that end the report, without their markup."""
        text = (SOURCE.parent / self.facts["file"]).read_text("utf-8")
        below = re.split(r"Report Author:?", text)[-1].strip("* \n")
        below = re.split(r"\n\s*\n\s*\n", below)[0]  # what is appended comes after a gap
        return [line for each in below.splitlines() if (line := each.strip("* \t"))]


def real(period: str, file: str) -> Real:
    known = json.loads(SOURCE.read_text("utf-8"))
    return Real(
        next(each for each in known["reports"] if each["file"] == file),
        next(each for each in known["ratings"] if each["period"] == period),
    )


@pytest.fixture
def edition(full_edition: Toolkit) -> Toolkit:
    return full_edition


def name_sections(council: Council, known: Real, by: User) -> None:
    """As the council's own template has them."""
    named = dict(zip(KEYS, known.facts["headings"], strict=False))
    if "Commissioner Comment" not in known.facts["headings"]:
        keys = [key for key in KEYS if key != "commissioner-comment"]
        named = dict(zip(keys, known.facts["headings"], strict=False))
    named = {key: without_number(words) for key, words in named.items()}
    named |= {
        key: words
        for words, key in IMPLICATIONS.items()
        if any(words in heading for heading in known.headings)
    }
    rows = [
        SectionInput(row.key, named.get(row.key, row.heading), place, row.key in named, 0)
        for place, row in enumerate(sections_of(council), start=1)
    ]
    save_sections(council=council, sections=rows, by=by)


def without_number(heading: str) -> str:
    return re.sub(r"^\d+\. ", "", heading).partition(" (7.1")[0]


def made(known: Real, council: Council, edition: Toolkit, lead: User, chair: User) -> Pack:
    name_sections(council, known, lead)
    cycle = entered(known.ratings, council, edition, lead)
    facts = known.facts
    pack = start_pack(
        council=council,
        snapshot=freeze_now(cycle, chair),
        meeting=MeetingInput(
            title=facts["title"],
            committee=facts["meeting"],
            meeting_on=known.day,
            item=str(facts["item"]),
            wards=facts["wards"],
            key_decision=facts["key_decision"],
            report_of=facts["report_of"],
            assistant_directors="\n".join(known.assistant_directors),
            director=facts["accountable_director"],
            author="\n".join(known.author),
            own_appendices="\n".join(known.appendices),
            first_appendix=1 + len(known.appendices),
        ),
        by=lead,
    )
    for each in pack.sections.filter(kind=SectionKind.IMPLICATION):
        each.pack = pack
        write(each, "As the service says.", lead)
        each.refresh_from_db()
        heading = next(words for words, key in IMPLICATIONS.items() if key == each.key)
        who = facts["implications_verified_by"].get(heading)
        if who:
            done = Verification("", who, known.day)
            verify(section=each, version=each.version, verification=done, by=lead)
    return pack


def printed(pack: Pack) -> Found:
    with override_settings(LANGUAGE_CODE="en-gb"):
        return found_in_pdf(render_report_pdf(preview(pack, Audience.PUBLIC), made_on=MADE_ON))


@pytest.fixture
def of_2019() -> Real:
    return real("2019", "committee-report-july-2019.txt")


@pytest.fixture
def of_2024() -> Real:
    return real("2023", "committee-report-feb-2024.txt")


@pytest.fixture(params=["of_2019", "of_2024"])
def known(request: pytest.FixtureRequest) -> Real:
    found: Real = request.getfixturevalue(request.param)
    return found


def test_head_headings_verifiers_appendices_and_author_are_theirs(
    known: Real, northmere: Council, edition: Toolkit, lead: User, chair: User
) -> None:
    found = printed(made(known, northmere, edition, lead, chair))
    facts = known.facts
    several = "s" if len(known.assistant_directors) > 1 else ""
    assert found.tables[0] == [
        [squeezed(label), squeezed(value)]
        for label, value in (
            ("Meeting", f"{known.day:%-d %B %Y}"),
            ("Item", str(facts["item"])),
            ("Wards and communities affected", facts["wards"]),
            ("Key decision", facts["key_decision"]),
            ("Report of", facts["report_of"]),
            (f"Accountable assistant director{several}", "".join(known.assistant_directors)),
            ("Accountable director", facts["accountable_director"]),
        )
    ]
    assert squeezed("This report is public") in found.text
    title, *headings = found.headings
    assert title == squeezed(facts["title"])
    assert [as_theirs(each) for each in headings] == [as_theirs(each) for each in known.headings]
    for who in facts["implications_verified_by"].values():
        assert squeezed(f"Implications verified by: {who}") in found.text
    theirs = [f"Appendix {n}: {title}" for n, title in enumerate(known.appendices, start=1)]
    ours = f"Appendix {len(theirs) + 1}: Prevent self-assessment"
    assert squeezed("".join([*theirs, ours])) in found.text
    assert known.author
    assert squeezed("".join(known.author)) in found.text


def as_theirs(heading: str) -> str:
    """Our numbers of sections have no full stop, and “Report author” one capital letter."""
    return re.sub(r"^(\d+)\.(?!\d)", r"\1", squeezed(heading)).lower()


def test_the_front_sheet_of_2019_is_theirs(
    of_2019: Real, northmere: Council, edition: Toolkit, lead: User, chair: User
) -> None:
    lines = printed(made(of_2019, northmere, edition, lead, chair)).lines
    for place, each in enumerate(of_2019.ratings["benchmarks"], start=1):
        assert each["number"] == place
        at = next(i for i, line in enumerate(lines) if re.match(rf"{place}\.[A-Z]", line))
        rating, *below = lines[at + 1 : at + 4]
        assert rating.endswith(each["rag"])
        said = [
            squeezed(f"{name.capitalize()}: {each[name]}")
            for name in ("actions", "comments")
            if each[name]
        ]
        assert below[: len(said)] == said


def test_the_table_of_scores_of_2024_is_theirs(
    of_2024: Real, northmere: Council, edition: Toolkit, lead: User, chair: User
) -> None:
    tables = printed(made(of_2024, northmere, edition, lead, chair)).tables
    (scores,) = [grid for grid in tables if grid[0] == ["Benchmark", "Rating"]]
    theirs = of_2024.ratings["benchmarks"]
    assert len(scores) == len(theirs) + 1 == 11
    for (title, mark), each in zip(scores[1:], theirs, strict=True):
        score = {"N/A": "Notapplicable"}.get(each["score"], str(each["score"]))
        assert title.startswith(f"{each['number']}.")
        assert mark.endswith(score)
