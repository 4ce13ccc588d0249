"""The page of a benchmark: what its answers suggest, and what a person decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import CycleAccess, cycle_page
from assessments.conflicts import chosen, conflict_page
from assessments.forms.judgement import JudgementForm
from assessments.models import Draft
from assessments.permissions import Permission
from assessments.presenters.asked import Asked
from assessments.presenters.assurance import taken_over
from assessments.presenters.challenges import unresolved_at
from assessments.presenters.judgement import BenchmarkPage, clashes_of
from assessments.services import drafts
from assessments.services.drafts import DraftKey
from assessments.services.judgement import JudgementSave, save_judgement

TAKE = "take-assurance"  # asks for the sentence of an assurance in the comments line


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.READ)
def benchmark(request: HttpRequest, access: CycleAccess, number: int) -> HttpResponse:
    page = BenchmarkPage(access.cycle, number, needs_reason=access.judges_for_the_board)
    if request.method == "POST":
        return save(request, access, page)
    draft = drafts.find(draft_key(access, number)) if access.may_judge else None
    form = page.form(drafts.as_posted(draft) if draft else None)
    if draft and not form.differs():
        drafts.discard(draft_key(access, number))
        draft, form = None, page.form()
    if TAKE in request.GET and page.assurance:
        sentence = page.assurance.sentence
        form = page.form(taken_over(form.data, page.assessment, sentence))
    return show(request, access, page, form, draft=draft)


def save(request: HttpRequest, access: CycleAccess, page: BenchmarkPage) -> HttpResponse:
    require_judge(access)
    key = draft_key(access, page.benchmark.number)
    data = chosen(request.POST)
    form = page.form(data)
    if not form.is_valid():
        drafts.keep(key, data)
        return show(request, access, page, form, has_errors=True)
    mine = form.judgement
    confirms = "confirm" in request.POST
    saved = save_judgement(
        assessment=page.assessment, judgement=mine, confirms=confirms, by=access.user
    )
    if saved.clashing:
        drafts.keep(key, data)
        return conflict_page(
            request,
            clashes_of(saved, mine, page),
            title=str(page.benchmark),
            back=request.path,
            saved=int(saved.changed),
        )
    drafts.discard(key)
    tell(request, page.benchmark.number, saved, confirms=confirms)
    return redirect(request.path)


def tell(request: HttpRequest, number: int, saved: JudgementSave, *, confirms: bool) -> None:
    if not saved.row.to_confirm:
        messages.success(request, f"Benchmark {number} {'confirmed' if confirms else 'saved'}.")
    elif confirms:
        messages.warning(
            request,
            f"Benchmark {number} has changed since you opened the page, so it is still to "
            "confirm. Read it again first.",
        )
    else:
        messages.warning(request, f"Nothing was changed: benchmark {number} is still to confirm.")


def show(
    request: HttpRequest,
    access: CycleAccess,
    page: BenchmarkPage,
    form: JudgementForm,
    *,
    draft: Draft | None = None,
    has_errors: bool = False,
) -> HttpResponse:
    context = {
        "page": page,
        "judgement": form,
        "challenges": unresolved_at(access.cycle, benchmark=page.benchmark),
        "may_judge": access.may_judge and access.cycle.is_open,
        "draft": draft,
        "has_errors": has_errors,
        "errors": form.errors if has_errors else [],
        "draft_token": draft_key(access, page.benchmark.number).token,
    }
    return render(request, "assessments/benchmark.html", context)


@require_POST
@cycle_page(Permission.READ)
def benchmark_draft(request: HttpRequest, access: CycleAccess, number: int) -> HttpResponse:
    """Keep what is typed; answers with the time. One query beyond access."""
    require_judge(access)
    Asked(access.cycle).benchmark(number)
    draft = drafts.keep(draft_key(access, number), request.POST)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@require_POST
@cycle_page(Permission.READ)
def discard_benchmark_draft(request: HttpRequest, access: CycleAccess, number: int) -> HttpResponse:
    require_judge(access)
    Asked(access.cycle).benchmark(number)
    drafts.discard(draft_key(access, number))
    messages.success(request, "Your draft has been discarded.")
    return redirect("councils:benchmark", access.council.slug, access.cycle.pk, number)


def require_judge(access: CycleAccess) -> None:
    if not access.may_judge:
        raise PermissionDenied


def draft_key(access: CycleAccess, number: int) -> DraftKey:
    return DraftKey(access.user.pk, access.cycle.pk, f"benchmark:{number}")
