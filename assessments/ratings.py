"""A benchmark's rating as its answers suggest it. Pure: plain values in, a suggestion out.

The rule stands as data in the toolkit: the worst rating among the questions of the categories
named there. What is not applicable counts neither way. A person decides.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.record import Decision, Level

NOUNS = {
    "expectation": ("expectation of compliance", "expectations of compliance"),
    "good_practice": ("good practice activity", "good practice activities"),
}
ANY_NOUN = ("question", "questions")


@dataclass(frozen=True)
class RatedAnswer:
    """The decision on one prompt, or on a question without prompts.

    `has_action`: an open action stands beside the question.
    """

    ref: str
    category: str
    decision: Decision
    has_action: bool = False


@dataclass(frozen=True)
class Suggestion:
    """`says`: one sentence that gives the reason. Neither level nor not applicable: none yet."""

    says: str
    level: Level | None = None
    not_applicable: bool = False

    @property
    def is_made(self) -> bool:
        return self.level is not None or self.not_applicable

    def differs_from(self, decision: Decision) -> bool:
        """Whether a person has decided otherwise."""
        return (
            self.is_made
            and decision.is_decided
            and (decision.level, decision.not_applicable) != (self.level, self.not_applicable)
        )


def suggest(
    roll_up: Mapping[str, Any], levels: Iterable[Level], answers: Iterable[RatedAnswer]
) -> Suggestion:
    """`answers`: all those of one benchmark, in any order; `levels`: those of the scale."""
    if roll_up["rule"] != "worst":
        raise ValueError(f"Unknown roll-up rule: {roll_up['rule']}")
    counted = which_count(roll_up, list(answers))
    unrated = [a for a in counted if not a.decision.is_decided]
    if unrated or not counted:
        return Suggestion(f"No suggestion yet: {unrated_words(unrated, counted)}.")
    worst = worst_by_question(counted)
    if not worst:
        return Suggestion(
            f"Not applicable: every {noun(counted, 1)} is marked not applicable.",
            not_applicable=True,
        )
    level = min(worst.values(), key=rank)
    return Suggestion(f"{level.label}: {why(level, worst, levels, counted)}.", level=level)


def which_count(roll_up: Mapping[str, Any], answers: Sequence[RatedAnswer]) -> list[RatedAnswer]:
    """Those of the rule's categories; where there are none, of its `otherwise`, or all."""
    counted = [a for a in answers if a.category in roll_up["categories"]]
    otherwise = roll_up.get("otherwise", NOUNS)
    return counted or [a for a in answers if a.category in otherwise]


def worst_by_question(counted: Iterable[RatedAnswer]) -> dict[str, Level]:
    """The worst level of each question that has one, by its ref, in order."""
    levels = defaultdict(list)
    for answer in counted:
        if answer.decision.level:
            levels[answer.ref].append(answer.decision.level)
    return {ref: min(levels[ref], key=rank) for ref in sorted(levels, key=place)}


def why(
    level: Level,
    worst: Mapping[str, Level],
    levels: Iterable[Level],
    counted: Sequence[RatedAnswer],
) -> str:
    if level.met:
        return met_words(level, worst, counted)
    unmet = [ref for ref, each in worst.items() if not each.met]
    covered = {answer.ref for answer in counted if answer.has_action}
    bare = [ref for ref in unmet if ref not in covered]
    says = f"{part_of(unmet, worst, counted)} not yet {wanted(levels)} ({listed(unmet)})"
    return f"{says}; no action covers {listed(bare)}" if bare else says


def wanted(levels: Iterable[Level]) -> str:
    """The lowest level that counts as met: “green”, “3 or better”."""
    met = sorted((level for level in levels if level.met), key=rank)
    if not met:
        return "met"
    return in_sentence(met[0].label) + (" or better" if len(met) > 1 else "")


def met_words(level: Level, worst: Mapping[str, Level], counted: Sequence[RatedAnswer]) -> str:
    lowest = [ref for ref, each in worst.items() if each == level]
    if len(lowest) < len(worst):
        return f"the lowest of {len(worst)} {noun(counted, len(worst))} ({listed(lowest)})"
    if len(worst) == 1:
        return f"the one {noun(counted, 1)} is {in_sentence(level.label)}"
    all_of_them = "both" if len(worst) == 2 else f"all {len(worst)}"
    return f"{all_of_them} {noun(counted, len(worst))} are {in_sentence(level.label)}"


def part_of(part: Sequence[str], whole: Mapping[str, Level], counted: Sequence[RatedAnswer]) -> str:
    """“2 of 5 expectations of compliance are”; “the one expectation of compliance is”."""
    if len(whole) == 1:
        return f"the one {noun(counted, 1)} is"
    verb = "is" if len(part) == 1 else "are"
    return f"{len(part)} of {len(whole)} {noun(counted, len(whole))} {verb}"


def unrated_words(unrated: Sequence[RatedAnswer], counted: Sequence[RatedAnswer]) -> str:
    if not counted:
        return "no question counts towards it"
    refs = listed(sorted({answer.ref for answer in unrated}, key=place))
    if len(counted) == 1:
        return f"the one {noun(counted, 1)} has no rating ({refs})"
    verb = "has" if len(unrated) == 1 else "have"
    answers = f"{len(unrated)} of {len(counted)} answers to {noun(counted, 2)}"
    return f"{answers} {verb} no rating ({refs})"


def noun(counted: Iterable[RatedAnswer], number: int) -> str:
    """What the counted questions are called: by their category where they share one."""
    categories = {answer.category for answer in counted}
    one, many = NOUNS[categories.pop()] if len(categories) == 1 else ANY_NOUN
    return one if number == 1 else many


def listed(refs: Sequence[str]) -> str:
    """“7.1”, “7.1 and 7.3”, “7.1, 7.3 and 7.4”."""
    if len(refs) < 2:
        return "".join(refs)
    return f"{', '.join(refs[:-1])} and {refs[-1]}"


def in_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def rank(level: Level) -> int:
    return level.rank


def place(ref: str) -> list[int | str]:
    """Sorts 7.10 after 7.9."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", ref)]
