"""Small forms beside a question: opened in place by htmx, a page of their own without it."""

import re
from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.access import Access, CycleAccess
from assessments.conflicts import Clash, chosen, conflict_page
from assessments.forms.kept import KeptForm
from assessments.models import Draft
from assessments.presenters.beside import Beside
from assessments.refusals import Removed, over_the_page
from assessments.services import drafts
from assessments.services.drafts import DraftKey
from assessments.views.drafts import draft_key
from benchmarks.models import Question

SmallForm = TypeVar("SmallForm", bound=KeptForm)


class SmallFormPage(ABC, Generic[SmallForm]):
    """`section` (actions, documents) is the part of the question page that a save changes,
    `place` the element in it that the form opens in. `fields` draws the form's fields."""

    title: str
    section: str
    fields: str
    template = "assessments/small_form.html"

    def __init__(
        self,
        request: HttpRequest,
        access: CycleAccess,
        question: Question,
        *,
        draft_name: str,
        place: str,
        may_answer: bool,
    ) -> None:
        self.request, self.access, self.question = request, access, question
        self.draft_name, self.place, self.may_answer = draft_name, place, may_answer
        self.draft: Draft | None = None

    @abstractmethod
    def make(self, data: QueryDict | None) -> SmallForm:
        """The form, bound to data where there are any."""

    @abstractmethod
    def is_saved(self, form: SmallForm) -> bool:
        """Whether what the valid form says is there already."""

    @cached_property
    def form(self) -> SmallForm:
        """With what was posted, or with a draft that says something not saved yet."""
        if self.is_post:
            return self.make(chosen(self.request.POST))
        draft = drafts.find(self.key)
        if draft is None:
            return self.make(None)
        form = self.make(drafts.as_posted(draft))
        if form.is_valid() and self.is_saved(form):
            drafts.discard(self.key)
            return self.make(None)
        form.unchecked()
        self.draft = draft
        return form

    @property
    def is_sent(self) -> bool:
        return self.is_post and self.form.is_valid()

    def show(self) -> HttpResponse:
        """The form; what was sent and isn't valid is kept as a draft too."""
        if self.is_post:
            drafts.keep(self.key, self.request.POST)
        template = "assessments/_small_form.html" if self.in_place else self.template
        return render(self.request, template, self.context())

    def context(self) -> dict[str, Any]:
        return {"page": self, "form": self.form, "question": self.question}

    def done(self, message: str, place: str = "") -> HttpResponse:
        """Back to where the form was opened, with what happened."""
        drafts.discard(self.key)
        if self.in_place:
            return self.section_again(message)
        messages.success(self.request, message)
        return redirect(self.back if self.from_list else f"{self.back}#{place or self.place}")

    def section_again(self, message: str) -> HttpResponse:
        beside = Beside(self.access, self.question, may_answer=self.may_answer)
        context = {"beside": beside, "message": message}
        response = render(self.request, f"assessments/_question_{self.section}.html", context)
        response["HX-Retarget"] = f"#question-{self.section}"
        response["HX-Reswap"] = "outerHTML"
        return response

    def stale(self, clash: Clash | None) -> HttpResponse:
        """Both texts; raises Removed, with what was typed kept, where there is no other."""
        drafts.keep(self.key, self.request.POST)
        if clash is None:
            raise Removed(self.draft_name)
        address = self.request.get_full_path()
        response = conflict_page(self.request, [clash], title=self.title, back=address)
        return over_the_page(self.request, response)

    @property
    def is_post(self) -> bool:
        return self.request.method == "POST"

    @property
    def in_place(self) -> bool:
        return bool(self.request.htmx)  # type: ignore[attr-defined]

    @property
    def key(self) -> DraftKey:
        return draft_key(self.access, self.draft_name)

    @property
    def auto_id(self) -> str:
        """Several of these forms may stand open on one page."""
        return f"{re.sub('[:.]', '-', self.draft_name)}-%s"

    @property
    def from_list(self) -> bool:
        return self.request.GET.get("back") == "actions"

    @property
    def from_register(self) -> bool:
        return self.request.GET.get("back") == "register"

    @property
    def back(self) -> str:
        if self.from_register:
            return register_address(self.access, self.request.GET)
        return self.url("actions") if self.from_list else self.question_url

    @property
    def opened_at(self) -> str:
        """The page on which it stands open in place."""
        return self.back if self.from_register else self.question_url

    @property
    def question_url(self) -> str:
        return self.url("question", self.question.ref)

    @property
    def draft_url(self) -> str:
        return self.url("draft", self.draft_name)

    @property
    def discard_url(self) -> str:
        return self.url("discard_draft", self.draft_name)

    def url(self, name: str, *args: object) -> str:
        place = [self.access.council.slug, self.access.cycle.pk, *args]
        return reverse(f"councils:{name}", args=place)


def register_address(access: Access, query: QueryDict) -> str:
    """The action register as it was filtered when something was opened from it."""
    return f"{reverse('councils:register', args=[access.council.slug])}?{query.get('list', '')}"
