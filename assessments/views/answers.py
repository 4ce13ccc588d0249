"""The question page: rate the prompts, write the evidence, go on to the next."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import CycleAccess, cycle_page
from assessments.conflicts import chosen, conflict_page
from assessments.forms.answers import QuestionForm
from assessments.models import Draft
from assessments.permissions import Permission
from assessments.presenters.answers import QuestionPage, clashes_of
from assessments.services import drafts
from assessments.services.answers import save_question
from assessments.views.next_question import next_question_url


def page_key(ref: str) -> str:
    return f"question:{ref}"


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ)
def question(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    page = QuestionPage(access.cycle, ref)
    if request.method == "POST":
        return save(request, access, page)
    draft = drafts.draft_for(user=access.user, cycle=access.cycle, page=page_key(ref))
    form = page.form(drafts.as_posted(draft)) if draft else page.form()
    return show(request, access, page, form, draft=draft)


def save(request: HttpRequest, access: CycleAccess, page: QuestionPage) -> HttpResponse:
    if not access.may_answer(page.assessment):
        raise PermissionDenied
    key = {"user": access.user, "cycle": access.cycle, "page": page_key(page.question.ref)}
    data = chosen(request.POST)
    form = page.form(data)
    if not form.is_valid():
        drafts.keep(**key, data=data)
        return show(request, access, page, form, has_errors=True)
    saved = save_question(
        assessment=page.assessment,
        answers=form.answer_inputs,
        statements=form.statement_inputs,
        by=access.user,
    )
    if saved.has_conflicts:
        drafts.keep(**key, data=data)
        return conflict_page(
            request,
            clashes_of(saved, page),
            title=f"{page.question.ref} {page.question.text}",
            back=request.path,
            saved=saved.changed,
        )
    drafts.discard_draft(**key)
    time = timezone.localtime().strftime("%H:%M")
    messages.success(request, f"Question {page.question.ref} saved at {time}.")
    if "stay" in request.POST:
        return redirect(request.path)
    return redirect(next_question_url(access, page.question))


def show(
    request: HttpRequest,
    access: CycleAccess,
    page: QuestionPage,
    form: QuestionForm,
    *,
    draft: Draft | None = None,
    has_errors: bool = False,
) -> HttpResponse:
    context = {
        "page": page,
        "form_blocks": page.blocks(form),
        "whole_question": page.whole_question(form),
        "may_answer": access.may_answer(page.assessment),
        "draft": draft,
        "has_errors": has_errors,
        "errors": form.errors if has_errors else [],
        "draft_token": drafts.draft_token(access.user, access.cycle, page_key(page.question.ref)),
    }
    return render(request, "assessments/question.html", context)


@require_POST
@cycle_page(Permission.READ)
def question_draft(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    """Keep what is typed; answers with the time. One query beyond access."""
    QuestionPage.require(access.cycle, ref)
    draft = drafts.keep(user=access.user, cycle=access.cycle, page=page_key(ref), data=request.POST)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@require_POST
@cycle_page(Permission.READ)
def discard_question_draft(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    drafts.discard_draft(user=access.user, cycle=access.cycle, page=page_key(ref))
    messages.success(request, "Your draft has been discarded.")
    return redirect(reverse("councils:question", args=[access.council.slug, access.cycle.pk, ref]))
