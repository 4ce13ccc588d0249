"""The sections that a council's report usually has, and what each begins with.

A beginning is a suggestion: words and blocks from the snapshot, to be confirmed by whoever
writes the section.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assessments.models import PartKind, SectionKind
from assessments.report.blocks import Source, counts_in_words, day, inserted
from assessments.report.writing import APPENDICES

PLAIN, NUMBERED, IMPLICATION = SectionKind.PLAIN, SectionKind.NUMBERED, SectionKind.IMPLICATION


@dataclass(frozen=True)
class Beginning:
    kind: PartKind
    text: str = ""


@dataclass(frozen=True)
class Shape:
    """`in_use`: whether a council has it until it says otherwise."""

    key: str
    heading: str
    kind: SectionKind = NUMBERED
    in_use: bool = True


USUAL = (
    Shape("executive-summary", "Executive summary", PLAIN),
    Shape("commissioner-comment", "Commissioner comment", PLAIN, in_use=False),
    Shape("recommendations", "Recommendations"),
    Shape("background", "Introduction and background"),
    Shape("issues", "Issues, options and analysis of options"),
    Shape("reasons", "Reasons for recommendations"),
    Shape("consultation", "Consultation (including overview and scrutiny, if applicable)"),
    Shape("impact", "Impact on corporate policies, priorities, performance and community impact"),
    Shape("implications", "Implications"),
    Shape("financial", "Financial", IMPLICATION),
    Shape("legal", "Legal", IMPLICATION),
    Shape("equality", "Diversity and equality", IMPLICATION),
    Shape("risks", "Risks", IMPLICATION),
    Shape("other", "Other implications (where significant)", IMPLICATION),
    Shape("background-papers", "Background papers used in preparing the report"),
    Shape(APPENDICES, "Appendices to the report"),
)

# Sections that hold nothing of their own.
WITHOUT_WORDS = {"implications", APPENDICES}


def beginnings(key: str, source: Source) -> list[Beginning]:
    return BEGINNINGS[key](source) if key in BEGINNINGS else []


def summary(source: Source) -> list[Beginning]:
    record = source.record
    said = (
        f"This report presents the council’s self-assessment against the Prevent duty for "
        f"{record.period}, with the position as at {day(record.as_at)}. It rates "
        f"{counts_in_words(record.benchmarks)}."
    )
    facts = [inserted(kind, source).intro for kind in (PartKind.MOVEMENT, PartKind.OVERDUE)]
    return [Beginning(PartKind.TEXT, "\n\n".join([said, *facts]))]


def recommendations(source: Source) -> list[Beginning]:
    return [
        Beginning(
            PartKind.TEXT,
            "That the committee note the ratings and the areas for development in the "
            f"self-assessment for {source.record.period}.\n\n"
            "That the committee say where it wants further assurance.",
        )
    ]


def background(source: Source) -> list[Beginning]:
    duty = (
        "Section 26 of the Counter-Terrorism and Security Act 2015 requires the council, in the "
        "exercise of its functions, to have due regard to the need to prevent people from being "
        "drawn into terrorism."
    )
    made = (
        f"The council assesses itself against the {source.record.toolkit_title}. The board signed "
        f"off the self-assessment for {source.record.period} on {day(source.signed_on)}."
    )
    return [Beginning(PartKind.TEXT, f"{duty}\n\n{made}"), Beginning(ratings_of(source))]


def ratings_of(source: Source) -> PartKind:
    """A front sheet for ratings in words, a table for scores."""
    numbers = all(level.label[:1].isdigit() for level in source.record.levels)
    return PartKind.SCORES if numbers else PartKind.RATINGS


def issues(source: Source) -> list[Beginning]:
    return [Beginning(kind) for kind in (PartKind.MOVEMENT, PartKind.DEVELOPMENT, PartKind.OVERDUE)]


def papers(source: Source) -> list[Beginning]:
    return [Beginning(PartKind.TEXT, f"- {source.record.toolkit_title}")]


BEGINNINGS: dict[str, Callable[[Source], list[Beginning]]] = {
    "executive-summary": summary,
    "recommendations": recommendations,
    "background": background,
    "issues": issues,
    "background-papers": papers,
}
