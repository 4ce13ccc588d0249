"""What the conflict page shows of two people's answers to a question."""

from collections.abc import Sequence

from assessments import record
from assessments.conflicts import Clash, Side, both_texts
from assessments.forms.answers import NOT_APPLICABLE
from assessments.models import Sensitivity
from assessments.presenters.answers import QuestionPage
from assessments.services.answers import AnswerConflict, QuestionSave, StatementConflict
from assessments.services.history import last_author
from benchmarks.models import RatingLevel

RETURNED = 1000  # beyond the positions of prompts


def clashes_of(saved: QuestionSave, page: QuestionPage) -> list[Clash]:
    return [answer_clash(each, page) for each in saved.answers] + [
        statement_clash(each, number) for number, each in enumerate(saved.statements, RETURNED)
    ]


def answer_clash(conflict: AnswerConflict, page: QuestionPage) -> Clash:
    mine, theirs = conflict.mine, conflict.theirs
    prefix = f"answer-{theirs.pk}"
    levels = {level.pk: level for level in page.levels}
    level = levels.get(mine.rating_id or 0)
    positions = {prompt.pk: prompt.position for prompt in page.prompts}
    rating = NOT_APPLICABLE if mine.not_applicable else level.slug if level else ""
    author, at = last_author(theirs)
    return Clash(
        prefix=prefix,
        heading=f"Rating of prompt {positions[theirs.prompt_id]}"
        if theirs.prompt_id
        else "Rating of the question",
        sides=[
            Side(
                "Rating",
                rating_words(theirs.not_applicable, levels.get(theirs.rating_id or 0)),
                rating_words(mine.not_applicable, level),
            ),
            Side("Reason", theirs.reason, mine.reason),
        ],
        fields=[
            (f"{prefix}-rating", rating),
            (f"{prefix}-reason", mine.reason),
            (f"{prefix}-reason_sensitivity", mine.reason_sensitivity),
            (f"{prefix}-version", str(theirs.version)),
        ],
        by=author,
        at=at,
    )


def statement_clash(conflict: StatementConflict, number: int) -> Clash:
    """`number`: a statement that was removed comes back as a new one, in a slot of its own."""
    mine, theirs = conflict.mine, conflict.theirs
    slot = str(theirs.pk) if theirs else f"new-{number}"
    prefix = f"evidence-{slot}"
    author, at = last_author(theirs) if theirs else ("", None)
    their_text = theirs.text if theirs else ""
    return Clash(
        prefix=prefix,
        heading=f"Evidence for {covers_words(mine.covers)}",
        sides=[
            Side("Text", their_text, mine.text),
            Side(
                "Covers", covers_words(theirs.covers if theirs else []), covers_words(mine.covers)
            ),
            Side(
                "Who may read it",
                Sensitivity(theirs.sensitivity).label if theirs else "",
                Sensitivity(mine.sensitivity).label,
            ),
        ],
        fields=[
            (f"{prefix}-text", mine.text),
            *((f"{prefix}-covers", str(position)) for position in mine.covers),
            (f"{prefix}-sensitivity", mine.sensitivity),
            (f"{prefix}-version", str(theirs.version if theirs else 0)),
        ],
        by=author,
        at=at,
        text_field=f"{prefix}-text",
        together=both_texts(their_text, mine.text),
    )


def rating_words(not_applicable: bool, level: RatingLevel | None) -> str:
    if not_applicable:
        return record.NOT_APPLICABLE
    return level.label if level else record.NOT_RATED


def covers_words(covers: Sequence[int]) -> str:
    if not covers:
        return "the question as a whole"
    if len(covers) == 1:
        return f"prompt {covers[0]}"
    return f"prompts {', '.join(map(str, covers[:-1]))} and {covers[-1]}"
