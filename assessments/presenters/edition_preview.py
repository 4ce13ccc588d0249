"""A question of a drafted edition, as a council will see it once it is published."""

from functools import cached_property
from itertools import count

from django.http import Http404

from assessments.drafted import Drafted
from assessments.models import Answer, Cycle, DraftPart
from assessments.presenters.answers import QuestionPage
from benchmarks.editions.unsaved import as_toolkit
from benchmarks.models import Question, RatingLevel


class QuestionPreview(QuestionPage):
    """The question page of a cycle that nobody has started: no query, and nothing to save."""

    def __init__(self, drafted: Drafted, part: DraftPart) -> None:
        self.cycle = Cycle(pk=0)
        self.toolkit = as_toolkit(drafted.document)
        self.parts = drafted.questions
        self.place = next((at for at, each in enumerate(self.parts) if each.pk == part.pk), -1)
        if self.place < 0:
            raise Http404
        self.question = self.asked[self.place]
        self.benchmark = self.question.benchmark
        self.prompts = list(self.question.prompts.all())
        self.all_statements = []

    @property
    def asked(self) -> list[Question]:
        return [q for b in self.toolkit.benchmarks.all() for q in b.questions.all()]

    @cached_property
    def answers(self) -> list[Answer]:
        """As a cycle has them from its start."""
        numbers = count(1)
        prompts: list[int | None] = [prompt.pk for prompt in self.prompts]
        return [
            Answer(pk=next(numbers), cycle_id=0, question_id=self.question.pk, prompt_id=prompt)
            for prompt in prompts or [None]
        ]

    @cached_property
    def levels(self) -> list[RatingLevel]:
        """Of the first scale, best first; none where none has been drafted yet."""
        scale = next(iter(self.toolkit.scales.all()), None)
        return sorted(scale.levels.all(), key=lambda level: -level.rank) if scale else []

    @property
    def before(self) -> DraftPart | None:
        return self.parts[self.place - 1] if self.place else None

    @property
    def after(self) -> DraftPart | None:
        return self.parts[self.place + 1] if self.place + 1 < len(self.parts) else None
