"""What changed between two records, part by part."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assessments.record import Action, CycleRecord, Decision, Text
from assessments.words import Piece, readable_diff

if TYPE_CHECKING:
    from assessments.carrying import Link
    from assessments.comparison.editions import BenchmarkPair

NOTHING = Text()


@dataclass(frozen=True)
class TextChange:
    """`label`: what the text is, as “Evidence for prompts 1 and 2”."""

    label: str
    before: Text
    after: Text

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @cached_property
    def pieces(self) -> list[Piece]:
        return readable_diff(self.before.value, self.after.value)

    @property
    def kind(self) -> str:
        if not self.is_changed:
            return "Same"
        if not self.before:
            return "New"
        return "Changed" if self.after else "Gone"

    @property
    def is_rewritten(self) -> bool:
        """Little of the text stayed: it reads better as two than as one with marks."""
        return [kind for kind, _ in self.pieces] == ["removed", "added"]


@dataclass(frozen=True)
class RatingChange:
    """`same_scale`: whether better or worse can be said."""

    before: Decision
    after: Decision
    same_scale: bool

    @property
    def is_changed(self) -> bool:
        return (self.before.label, self.before.level) != (self.after.label, self.after.level)

    @property
    def words(self) -> str:
        """“better”, “worse”, “newly rated”, “same” … in a few words."""
        if not self.same_scale:
            return "another scale"
        if not self.is_changed:
            return "same"
        if not self.after.is_decided:
            return "not decided yet"
        if not self.before.is_decided:
            return "newly rated"
        if not (self.before.level and self.after.level):
            return "changed"
        return "better" if self.after.level.rank > self.before.level.rank else "worse"


@dataclass(frozen=True)
class AnswerChange:
    """One prompt, or the question itself at position 0."""

    position: int
    prompt: str
    rating: RatingChange
    reason: TextChange

    @property
    def is_changed(self) -> bool:
        return self.rating.is_changed or self.reason.is_changed


@dataclass(frozen=True)
class QuestionChange:
    """`texts`: evidence, and documents by their titles."""

    ref: str
    text: str
    category: str
    answers: tuple[AnswerChange, ...]
    texts: tuple[TextChange, ...]

    @property
    def changed_answers(self) -> tuple[AnswerChange, ...]:
        return tuple(answer for answer in self.answers if answer.is_changed)

    @property
    def changed_texts(self) -> tuple[TextChange, ...]:
        return tuple(text for text in self.texts if text.is_changed)

    @property
    def is_changed(self) -> bool:
        return bool(self.changed_answers or self.changed_texts)


@dataclass(frozen=True)
class BenchmarkChange:
    """`texts`: the reason of its rating, its actions line and its comments."""

    number: int
    short_title: str
    rating: RatingChange
    texts: tuple[TextChange, ...]
    questions: tuple[QuestionChange, ...]

    @property
    def title(self) -> str:
        return f"{self.number}. {self.short_title}"

    @property
    def changed_texts(self) -> tuple[TextChange, ...]:
        return tuple(text for text in self.texts if text.is_changed)

    @cached_property
    def changed_questions(self) -> tuple[QuestionChange, ...]:
        return tuple(question for question in self.questions if question.is_changed)

    @cached_property
    def unchanged_questions(self) -> tuple[QuestionChange, ...]:
        return tuple(question for question in self.questions if not question.is_changed)

    @property
    def says(self) -> str:
        """What besides the rating has changed: “2 of 3 questions, comments”."""
        found = [text.label.lower() for text in self.changed_texts]
        if self.changed_questions:
            found.insert(0, f"{len(self.changed_questions)} of {len(self.questions)} questions")
        return ", ".join(found) or "nothing else"


@dataclass(frozen=True)
class ActionChange:
    """`before` is None for a new one, `after` for one that isn't carried on."""

    before: Action | None
    after: Action | None
    text: TextChange

    @property
    def action(self) -> Action:
        """As it was last."""
        action = self.after or self.before
        assert action
        return action

    @property
    def facts(self) -> str:
        """“Completed on 3 May 2026; Head of Planning; 8.2”."""
        action = self.action
        owners = ", ".join(owner.name.value for owner in action.owners)
        refs = ", ".join(dict.fromkeys(link.ref for link in action.links))
        return "; ".join(filter(None, [self.standing, owners, refs]))

    @property
    def standing(self) -> str:
        action = self.action
        if action.completed_on:
            return f"{action.status_label} on {action.completed_on:%-d %B %Y}"
        due = f"{action.due_date:%-d %B %Y}" if action.due_date else action.due_words.value
        return f"{action.status_label}, due {due}" if due else action.status_label


@dataclass(frozen=True)
class ActionChanges:
    """`closed`: completed since the earlier cycle. `dropped`: not completed, and not in the
    later one."""

    new: tuple[ActionChange, ...] = ()
    closed: tuple[ActionChange, ...] = ()
    dropped: tuple[ActionChange, ...] = ()
    reworded: tuple[ActionChange, ...] = ()
    same: tuple[ActionChange, ...] = ()

    @property
    def in_words(self) -> tuple[tuple[str, tuple[ActionChange, ...]], ...]:
        return (
            ("New", self.new),
            ("Completed", self.closed),
            ("Not carried on", self.dropped),
            ("Reworded", self.reworded),
            ("Same", self.same),
        )


@dataclass(frozen=True)
class Comparison:
    """`benchmarks`: none where the editions differ. `mapped`: then those of both along `links`,
    where a mapping joins them."""

    before: CycleRecord
    after: CycleRecord
    benchmarks: tuple[BenchmarkChange, ...]
    actions: ActionChanges
    links: tuple["Link", ...] = ()
    mapped: tuple["BenchmarkPair", ...] = ()

    @property
    def title(self) -> str:
        return f"{self.before.period} and {self.after.period} compared"

    @property
    def same_edition(self) -> bool:
        return self.before.toolkit_slug == self.after.toolkit_slug

    @property
    def same_scale(self) -> bool:
        return self.same_edition and self.before.scale_slug == self.after.scale_slug

    @property
    def none_new(self) -> str:
        """Where the line begins with it."""
        return "no" if self.same_edition else "No"

    @property
    def changed_questions(self) -> int:
        return sum(len(each.changed_questions) for each in self.benchmarks)
