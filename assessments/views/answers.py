"""The question page: rate the prompts, write the evidence, go on to the next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import CycleAccess, cycle_page
from assessments.conflicts import chosen, conflict_page
from assessments.forms.answers import QuestionForm
from assessments.forms.confirm import beside_seen
from assessments.models import Draft
from assessments.permissions import Permission
from assessments.presenters.answer_clashes import clashes_of
from assessments.presenters.answers import QuestionPage, find_question
from assessments.presenters.beside import Beside
from assessments.presenters.challenges import unresolved_at
from assessments.progress import next_question, of_person, progress_of
from assessments.services import drafts
from assessments.services.answers import QuestionSave, save_question
from assessments.services.confirm import Confirmed, confirm_question
from assessments.services.drafts import DraftKey
from benchmarks.models import Question

CHANGED_SINCE = (
    "Something beside this question has changed since you opened the page, so it is still to "
    "confirm. Read it again first."
)

NOT_THEIRS = (
    "This question is not assigned to you, or not any more. What you typed is kept: open the "
    "question again to read and copy it."
)


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ)
def question(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    page = QuestionPage(access.cycle, ref)
    if request.method == "POST":
        return save(request, access, page)
    draft = drafts.find(draft_key(access, ref))
    form = page.form(drafts.as_posted(draft)) if draft else page.form()
    if draft and not form.differs():
        drafts.discard(draft_key(access, ref))
        draft, form = None, page.form()
    return show(request, access, page, form, draft=draft)


def save(request: HttpRequest, access: CycleAccess, page: QuestionPage) -> HttpResponse:
    key = draft_key(access, page.question.ref)
    data = chosen(request.POST)
    if not access.may_answer(page.assessment):
        access.require(Permission.ANSWER_ASSIGNED)
        drafts.keep(key, data)
        raise PermissionDenied(NOT_THEIRS)
    form = page.form(data)
    if not form.is_valid():
        drafts.keep(key, data)
        return show(request, access, page, form, has_errors=True)
    saved, confirmed = store(request, access, page, form)
    if saved.has_conflicts:
        drafts.keep(key, data)
        return conflict(request, page, saved)
    drafts.discard(key)
    done = "confirmed" if "confirm" in request.POST else "saved"
    time = timezone.localtime().strftime("%H:%M")
    messages.success(request, f"Question {page.question.ref} {done} at {time}.")
    if confirmed.changed_since:
        messages.warning(request, CHANGED_SINCE)
    if "stay" in request.POST or confirmed.changed_since:
        return redirect(request.path)
    return redirect(after_question(access, page.question))


def store(
    request: HttpRequest, access: CycleAccess, page: QuestionPage, form: QuestionForm
) -> tuple[QuestionSave, Confirmed]:
    """What was changed or ticked; with “everything is still right” all that the page showed."""
    if "confirm" in request.POST:
        return confirm_question(
            assessment=page.assessment,
            answers=form.answer_inputs,
            statements=form.statement_inputs,
            beside=beside_seen(request.POST),
            by=access.user,
        )
    saved = save_question(
        assessment=page.assessment,
        answers=form.answer_inputs,
        statements=form.statement_inputs,
        by=access.user,
    )
    return saved, Confirmed()


def after_question(access: CycleAccess, question: Question) -> str:
    """Address of the next question to answer, for a contributor of their own; at the end the
    task list."""
    questions = progress_of(access.cycle)[access.cycle.pk]
    if not access.can(Permission.ANSWER_ANY):
        questions = of_person(questions, access.user)
    upcoming = next_question(questions, after=question.ref)
    place = [access.council.slug, access.cycle.pk]
    if upcoming:
        return reverse("councils:question", args=[*place, upcoming.ref])
    return reverse("councils:cycle", args=place)


def conflict(request: HttpRequest, page: QuestionPage, saved: QuestionSave) -> HttpResponse:
    return conflict_page(
        request,
        clashes_of(saved, page),
        title=f"{page.question.ref} {page.question.text}",
        back=request.path,
        saved=saved.changed,
    )


def show(
    request: HttpRequest,
    access: CycleAccess,
    page: QuestionPage,
    form: QuestionForm,
    *,
    draft: Draft | None = None,
    has_errors: bool = False,
) -> HttpResponse:
    before, after = page.neighbours
    context = {
        "page": page,
        "blocks": page.blocks(form),
        "whole_question": page.whole_question(form),
        "may_answer": access.may_answer(page.assessment) and access.cycle.is_open,
        "beside": Beside(access, page.question, may_answer=access.may_answer(page.assessment)),
        "draft": draft,
        "has_errors": has_errors,
        "errors": form.errors if has_errors else [],
        "draft_token": draft_key(access, page.question.ref).token,
        "challenges": unresolved_at(access.cycle, question=page.question),
        "before": before,
        "after": after,
    }
    return render(request, "assessments/question.html", context)


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def question_draft(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    """Keep what is typed; answers with the time. One query beyond access."""
    find_question(access.cycle.toolkit, ref)
    draft = drafts.keep(draft_key(access, ref), request.POST)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@require_POST
@cycle_page(Permission.READ, post=Permission.ANSWER_ASSIGNED)
def discard_question_draft(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    drafts.discard(draft_key(access, ref))
    messages.success(request, "Your draft has been discarded.")
    return redirect("councils:question", access.council.slug, access.cycle.pk, ref)


def draft_key(access: CycleAccess, ref: str) -> DraftKey:
    return DraftKey(access.user.pk, access.cycle.pk, f"question:{ref}")
