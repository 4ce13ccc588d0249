"""Finds what an evidence statement or a document was in the other record."""

from collections.abc import Iterator, Sequence

from assessments.comparison.parts import NOTHING, TextChange
from assessments.ratings import listed
from assessments.record import Document, Statement, Text


def statement_changes(
    before: Sequence[Statement], after: Sequence[Statement]
) -> Iterator[TextChange]:
    """Each statement beside the one that said the same, or covered the same prompts, or some
    of them; then what is gone."""
    old = list(before)
    for statement in after:
        found = counterpart(statement, old, before, after)
        if found:
            old.remove(found)
        yield TextChange(evidence_for(statement), found.text if found else NOTHING, statement.text)
    for statement in old:
        yield TextChange(evidence_for(statement), statement.text, NOTHING)


def counterpart(
    statement: Statement,
    candidates: Sequence[Statement],
    before: Sequence[Statement],
    after: Sequence[Statement],
) -> Statement | None:
    """Of the candidates; one that suits another statement better is left to it."""
    same_words = [each for each in candidates if each.text.value == statement.text.value]
    if same_words:
        return same_words[0]
    kept = {each.text.value for each in after}
    free = [each for each in candidates if each.text.value not in kept]
    same_place = [each for each in free if each.covers == statement.covers]
    if same_place:
        return same_place[0]
    places = {each.covers for each in after}
    near = [
        each
        for each in free
        if each.covers not in places and set(each.covers) & set(statement.covers)
    ]
    return max(near, key=lambda each: len(set(each.covers) & set(statement.covers)), default=None)


def evidence_for(statement: Statement) -> str:
    covers = [str(position) for position in statement.covers]
    if not covers:
        return "Evidence for the whole question"
    if len(covers) == 1:
        return f"Evidence for prompt {covers[0]}"
    return f"Evidence for prompts {listed(covers)}"


def document_changes(before: Sequence[Document], after: Sequence[Document]) -> Iterator[TextChange]:
    """By their titles: a document with another date is another document."""
    old = list(before)
    for document in after:
        if document in old:
            old.remove(document)
            yield TextChange("Document", document.title, document.title)
            continue
        same = next((each for each in old if each.title == document.title), None)
        if same:
            old.remove(same)
        yield TextChange("Document", named(same) if same else NOTHING, named(document))
    for document in old:
        yield TextChange("Document", named(document), NOTHING)


def named(document: Document) -> Text:
    """Its title with what tells it from another of that title."""
    dated = f"dated {document.dated_on:%-d %B %Y}" if document.dated_on else ""
    review = f"next review {document.review_on:%-d %B %Y}" if document.review_on else ""
    parts = [document.title.value, document.reference.value, document.url.value, dated, review]
    return Text(", ".join(filter(None, parts)), document.title.sensitivity)
