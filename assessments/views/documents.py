"""The documents behind a question's evidence."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import CycleAccess, cycle_page
from assessments.conflicts import THEIRS
from assessments.forms.documents import DocumentForm
from assessments.models import EvidenceItem
from assessments.permissions import Permission
from assessments.presenters.asked import Asked
from assessments.presenters.clashes import document_clash
from assessments.refusals import Removed
from assessments.services import documents as services
from assessments.services.conflicts import StaleSave
from assessments.views.in_place import SmallFormPage
from benchmarks.models import Question


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def add_document(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    page = DocumentPage(request, access, answerable(access, Asked(access.cycle).question(ref)))
    if not page.is_sent:
        return page.show()
    added = services.add_document(
        cycle=access.cycle, question=page.question, document=page.form.input, by=access.user
    )
    return page.done("The document has been added.", f"document-{added.pk}")


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def document(request: HttpRequest, access: CycleAccess, item_id: int) -> HttpResponse:
    item, question = find(access, item_id)
    page = DocumentPage(request, access, question, item)
    if request.POST.get("keep") == THEIRS:
        return page.done("The document stays as it is.")
    if not page.is_sent:
        return page.show()
    change = page.form.input
    version = page.form.cleaned_data["version"] or 0
    try:
        services.change_document(item=item, version=version, change=change, by=access.user)
    except StaleSave as stale:
        theirs = stale.theirs
        return page.stale(document_clash(theirs, change, request.POST) if theirs else None)
    return page.done("The document has been saved.")


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def remove_document(request: HttpRequest, access: CycleAccess, item_id: int) -> HttpResponse:
    """Asks first."""
    item, question = find(access, item_id)
    if request.method != "POST":
        context = {"item": item, "question": question}
        return render(request, "assessments/remove_document.html", context)
    services.remove_document(item=item, by=access.user)
    messages.success(request, f"“{item.title}” has been removed from question {question.ref}.")
    return redirect("councils:question", access.council.slug, access.cycle.pk, question.ref)


def find(access: CycleAccess, item_id: int) -> tuple[EvidenceItem, Question]:
    """The document, for those who may answer its question. Raises Removed."""
    item = access.cycle.evidence_items.filter(pk=item_id).first()
    if item is None:
        raise Removed(f"document:{item_id}")
    return item, answerable(access, Asked(access.cycle).questions[item.question_id])


def answerable(access: CycleAccess, question: Question) -> Question:
    """Raises PermissionDenied for those who may not answer the question. One query."""
    if not access.may_answer(access.cycle.questions.get(question=question)):
        raise PermissionDenied
    return question


class DocumentPage(SmallFormPage[DocumentForm]):
    """To be added, or, where there is an `item`, to be changed."""

    section = "documents"
    fields = "assessments/_document_fields.html"

    def __init__(
        self,
        request: HttpRequest,
        access: CycleAccess,
        question: Question,
        item: EvidenceItem | None = None,
    ) -> None:
        self.item = item
        self.title = "Change the evidence document" if item else "Add an evidence document"
        super().__init__(
            request,
            access,
            question,
            draft_name=f"document:{item.pk}" if item else f"add-document:{question.ref}",
            place=f"document-{item.pk}" if item else "add-document",
            may_answer=True,
        )

    def make(self, data: QueryDict | None) -> DocumentForm:
        initial = model_to_dict(self.item) if self.item else {}
        return DocumentForm(data, initial=initial, auto_id=self.auto_id)

    def is_saved(self, form: DocumentForm) -> bool:
        if self.item:
            return form.input.says(self.item)
        return form.input.find_at(self.access.cycle, self.question) is not None

    def context(self) -> dict[str, Any]:
        return {**super().context(), "item": self.item}
