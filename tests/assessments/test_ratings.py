"""The suggested rating of a benchmark: its sentence, and what always holds of it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.ratings import RatedAnswer, Suggestion, suggest
from assessments.record import Decision, Level

RULE = {"rule": "worst", "categories": ["expectation"], "says": "The worst one counts."}


def level(label: str, rank: int, met: bool) -> Level:
    return Level(label.lower(), label, rank, "grey", "○", met, "")


RED, AMBER, GREEN = level("Red", 1, False), level("Amber", 2, False), level("Green", 3, True)
RAG = (RED, AMBER, GREEN)
SCORES = tuple(level(str(n), n, n >= 3) for n in range(1, 6))
NOT_APPLICABLE = Decision(not_applicable=True)
UNRATED = Decision()


def rated(ref: str, *levels: Level, category: str = "expectation", action: bool = False):
    return [RatedAnswer(ref, category, Decision(level=each), action) for each in levels]


def without(ref: str, decision: Decision, category: str = "expectation") -> RatedAnswer:
    return RatedAnswer(ref, category, decision)


def of(*answers, levels=RAG, rule=RULE) -> Suggestion:
    flat = [a for each in answers for a in (each if isinstance(each, list) else [each])]
    return suggest(rule, levels, flat)


def test_worst_expectation_decides_and_the_sentence_names_what_is_open() -> None:
    found = of(
        rated("7.1", GREEN, AMBER, action=True),
        rated("7.2", GREEN),
        rated("7.3", AMBER),
        rated("7.4", GREEN, GREEN),
        rated("7.5", GREEN),
        rated("7.6", RED, category="good_practice"),
    )
    assert found.level == AMBER
    assert found.says == (
        "Amber: 2 of 5 expectations of compliance are not yet green (7.1 and 7.3); "
        "no action covers 7.3."
    )


def test_all_met() -> None:
    found = of(rated("1.1", GREEN, GREEN), rated("1.2", GREEN))
    assert found.says == "Green: both expectations of compliance are green."
    three = of(rated("1.1", GREEN), rated("1.2", GREEN), rated("1.3", GREEN))
    assert three.says == "Green: all 3 expectations of compliance are green."
    assert of(rated("1.1", GREEN)).says == "Green: the one expectation of compliance is green."


def test_one_expectation_unmet_is_singular() -> None:
    found = of(rated("1.1", RED), rated("1.2", GREEN))
    assert found.says == (
        "Red: 1 of 2 expectations of compliance is not yet green (1.1); no action covers 1.1."
    )


def test_scores_ask_for_the_lowest_that_is_met_or_better() -> None:
    assert of(rated("1.1", SCORES[1], action=True), levels=SCORES).says == (
        "2: the one expectation of compliance is not yet 3 or better (1.1)."
    )
    found = of(rated("1.1", SCORES[2]), rated("1.2", SCORES[4]), levels=SCORES)
    assert found.says == "3: the lowest of 2 expectations of compliance (1.1)."


def test_unrated_answers_leave_no_suggestion_and_are_named_in_order() -> None:
    found = of(rated("7.2", GREEN), without("7.10", UNRATED), without("7.9", UNRATED))
    assert not found.is_made
    assert found.says == (
        "No suggestion yet: 2 of 3 answers to expectations of compliance have no rating "
        "(7.9 and 7.10)."
    )
    assert of(without("5.1", UNRATED)).says == (
        "No suggestion yet: the one expectation of compliance has no rating (5.1)."
    )


def test_good_practice_that_does_not_count_may_stay_unrated() -> None:
    assert of(rated("1.1", GREEN), without("1.2", UNRATED, "good_practice")).level == GREEN


def test_without_such_questions_the_others_count() -> None:
    found = of(rated("6.1", AMBER, category="good_practice", action=True))
    assert found.says == "Amber: the one good practice activity is not yet green (6.1)."
    rule = {**RULE, "otherwise": ["expectation"]}
    assert not of(rated("6.1", AMBER, category="good_practice"), rule=rule).is_made


def test_mixed_categories_are_called_questions() -> None:
    rule = {**RULE, "categories": ["expectation", "good_practice"]}
    found = of(rated("1.1", GREEN), rated("1.2", GREEN, category="good_practice"), rule=rule)
    assert found.says == "Green: both questions are green."


def test_all_not_applicable() -> None:
    found = of(without("1.1", NOT_APPLICABLE), rated("1.2", RED, category="good_practice"))
    assert found.not_applicable
    assert found.says == (
        "Not applicable: every expectation of compliance is marked not applicable."
    )


def test_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="mean"):
        of(rated("1.1", GREEN), rule={**RULE, "rule": "mean"})


def test_differs_only_from_a_decision_that_is_another_one() -> None:
    amber = of(rated("1.1", AMBER))
    assert amber.differs_from(Decision(level=GREEN))
    assert amber.differs_from(NOT_APPLICABLE)
    assert not amber.differs_from(Decision(level=AMBER))
    assert not amber.differs_from(UNRATED)
    assert not of(without("1.1", UNRATED)).differs_from(Decision(level=GREEN))


decisions = st.one_of(
    st.sampled_from(RAG).map(lambda each: Decision(level=each)), st.just(NOT_APPLICABLE)
)
answers = st.lists(
    st.builds(
        RatedAnswer,
        ref=st.sampled_from([f"{a}.{b}" for a, b in product((1, 10), (1, 2, 9, 10))]),
        category=st.sampled_from(["expectation", "good_practice"]),
        decision=decisions,
        has_action=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)
rules = st.sampled_from([RULE, {**RULE, "categories": ["expectation", "good_practice"]}])


@given(rules, answers, st.randoms())
def test_order_makes_no_difference(rule, given_answers, random) -> None:
    shuffled = list(given_answers)
    random.shuffle(shuffled)
    assert suggest(rule, RAG, shuffled) == suggest(rule, RAG, given_answers)


@given(rules, answers)
def test_not_applicable_is_neutral(rule, given_answers) -> None:
    """Another prompt that isn't applicable, at a question already counted, changes nothing."""
    before = suggest(rule, RAG, given_answers)
    beside = given_answers[0]
    more = [*given_answers, RatedAnswer(beside.ref, beside.category, NOT_APPLICABLE)]
    assert suggest(rule, RAG, more) == before


@given(rules, answers)
def test_never_greener_than_the_worst_unmet_expectation(rule, given_answers) -> None:
    found = suggest(rule, RAG, given_answers)
    unmet = [
        a.decision.level.rank
        for a in given_answers
        if a.category == "expectation" and a.decision.level and not a.decision.level.met
    ]
    if unmet:
        assert found.level is not None
        assert found.level.rank <= min(unmet)


@given(answers, st.integers(min_value=0, max_value=11))
def test_a_worse_answer_never_gives_a_better_suggestion(given_answers, index) -> None:
    index %= len(given_answers)
    worse = list(given_answers)
    old = worse[index]
    worse[index] = RatedAnswer(old.ref, old.category, Decision(level=RED), old.has_action)
    before, after = suggest(RULE, RAG, given_answers), suggest(RULE, RAG, worse)
    if before.level and after.level:
        assert after.level.rank <= before.level.rank


@given(answers)
def test_the_sentence_begins_with_the_suggestion(given_answers) -> None:
    found = suggest(RULE, RAG, given_answers)
    word = found.level.label if found.level else "Not applicable"
    assert found.says.startswith(f"{word}: ")
    assert found.says.endswith(".")
