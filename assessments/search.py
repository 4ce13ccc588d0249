"""Finds questions of a cycle by words, in what is asked and in what the council wrote."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.models import ActionLink, Cycle, EvidenceItem, EvidenceStatement, Sensitivity
from benchmarks.models import Question

SHORTEST_WORD = 2
AROUND = 80  # characters shown on either side of the first match
STRAIGHT_QUOTES = str.maketrans("‘’“”", "''\"\"")  # one for one: places stay the same
Piece = tuple[str, bool]  # words, and whether they were searched for


@dataclass(frozen=True)
class Passage:
    """One text of a question. `place`: where it stands, for display."""

    place: str
    text: str
    sensitivity: str = Sensitivity.PUBLIC.value


@dataclass(frozen=True)
class Match:
    place: str
    pieces: list[Piece]
    sensitivity: str


@dataclass(frozen=True)
class Found:
    ref: str
    text: list[Piece]
    matches: list[Match]


def search(cycle: Cycle, typed: str) -> list[Found]:
    """The questions in whose number and texts all the words occur. Five queries in all.

    The matching is done here and not in the database: SQLite and PostgreSQL disagree about
    capital letters outside ASCII, and the words must be marked anyway.
    """
    words = words_of(typed)
    if not words:
        return []
    written = passages_of(cycle)
    questions = Question.objects.filter(benchmark__toolkit=cycle.toolkit_id)
    questions = questions.order_by("benchmark__number", "position").prefetch_related("prompts")
    found = (find(question, written[question.pk], words) for question in questions)
    return sorted(filter(None, found), key=lambda each: each.ref != typed.strip())


def find(question: Question, written: list[Passage], words: list[str]) -> Found | None:
    prompts = [Passage(f"Prompt {each.position}", each.text) for each in question.prompts.all()]
    passages = [*prompts, *written]
    texts = [question.ref, question.text, *(passage.text for passage in passages)]
    everything = " ".join(texts).translate(STRAIGHT_QUOTES)
    if not all(pattern_of([word]).search(everything) for word in words):
        return None
    pattern = pattern_of(words)
    matches = [
        Match(passage.place, snippet(passage.text, pattern), passage.sensitivity)
        for passage in passages
        if pattern.search(passage.text.translate(STRAIGHT_QUOTES))
    ]
    return Found(question.ref, marked(question.text, pattern), matches)


def passages_of(cycle: Cycle) -> dict[int, list[Passage]]:
    """What the council wrote, by question. Three queries."""
    result: dict[int, list[Passage]] = defaultdict(list)
    for question_id, passage in written_passages(cycle):
        result[question_id].append(passage)
    return result


def written_passages(cycle: Cycle) -> Iterator[tuple[int, Passage]]:
    for statement in EvidenceStatement.objects.filter(cycle=cycle):
        yield statement.question_id, Passage("Evidence", statement.text, statement.sensitivity)
    for item in EvidenceItem.objects.filter(cycle=cycle):
        text = " ".join(filter(None, [item.title, item.reference]))
        yield item.question_id, Passage("Document", text, item.sensitivity)
    seen: set[tuple[int, int]] = set()
    for link in ActionLink.objects.filter(cycle=cycle).select_related("action"):
        if (link.question_id, link.action_id) not in seen:
            seen.add((link.question_id, link.action_id))
            yield link.question_id, Passage("Action", link.action.text, link.action.sensitivity)


def words_of(typed: str) -> list[str]:
    """Without single letters, which occur everywhere."""
    words = typed.translate(STRAIGHT_QUOTES).lower().split()
    return [word for word in dict.fromkeys(words) if len(word) >= SHORTEST_WORD]


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def snippet(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The text round its first match, cut between words."""
    match = pattern.search(text.translate(STRAIGHT_QUOTES))
    if match is None:
        return marked(text, pattern)
    start, end = max(match.start() - AROUND, 0), match.end() + AROUND
    before, after = text[start : match.start()], text[match.end() : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + " …"
    return marked(before + match_text(text, match) + after, pattern)


def match_text(text: str, match: re.Match[str]) -> str:
    return text[match.start() : match.end()]


def marked(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The text in pieces, those that match marked."""
    pieces: list[Piece] = []
    place = 0
    for match in pattern.finditer(text.translate(STRAIGHT_QUOTES)):
        pieces += [(text[place : match.start()], False), (match_text(text, match), True)]
        place = match.end()
    return [piece for piece in [*pieces, (text[place:], False)] if piece[0]]
