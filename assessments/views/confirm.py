"""Confirming one thing beside a question that came along from an earlier cycle."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments.access import CycleAccess, cycle_page
from assessments.forms.confirm import beside_seen
from assessments.permissions import Permission
from assessments.presenters.asked import Asked
from assessments.presenters.beside import Beside
from assessments.services.confirm import Confirmed, confirm_beside
from assessments.views.actions import find as find_action
from assessments.views.documents import find as find_document
from benchmarks.models import Question


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def confirm_document(request: HttpRequest, access: CycleAccess, item_id: int) -> HttpResponse:
    item, question = find_document(access, item_id)
    return said(request, access, question, section="documents", place=f"document-{item.pk}")


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def confirm_action(
    request: HttpRequest, access: CycleAccess, ref: str, action_id: int
) -> HttpResponse:
    question = Asked(access.cycle).question(ref)
    find_action(access, action_id)
    return said(request, access, question, section="actions", place=f"action-{action_id}")


def said(
    request: HttpRequest, access: CycleAccess, question: Question, *, section: str, place: str
) -> HttpResponse:
    """Confirms what the form names, then back to where that stands."""
    assessment = access.cycle.questions.get(question=question)
    assessment.cycle = access.cycle
    if not access.may_answer(assessment):
        raise PermissionDenied
    seen = beside_seen(request.POST)
    message = words(confirm_beside(assessment=assessment, beside=seen, by=access.user))
    if request.htmx:  # type: ignore[attr-defined]
        beside = Beside(access, question, may_answer=True)
        context = {"beside": beside, "message": message}
        return render(request, f"assessments/_question_{section}.html", context)
    messages.success(request, message)
    address = [access.council.slug, access.cycle.pk, question.ref]
    return redirect(f"{reverse('councils:question', args=address)}#{place}")


def words(confirmed: Confirmed) -> str:
    if confirmed.changed_since:
        return "This has changed since you opened the page. Read it again, then confirm it."
    return "Confirmed." if confirmed.count else "This had been confirmed already."
