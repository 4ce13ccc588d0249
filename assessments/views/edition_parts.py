"""The parts of a drafted edition: each with a form of its own, moved, removed, previewed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.conflicts import THEIRS, conflict_page
from assessments.desk import Desk, draft_page
from assessments.drafted import title_of
from assessments.forms.edition_fields import PartForm
from assessments.forms.edition_parts import FORMS
from assessments.models import DraftPart, DraftPartKind, EditionDraft
from assessments.presenters.edition_preview import QuestionPreview
from assessments.presenters.editions import EditionPage, part_clash
from assessments.services import drafts, edition_parts
from assessments.services.conflicts import StaleSave
from assessments.services.drafts import DraftKey

NAVIGATION = {"current_nav": "toolkits"}


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def part(request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int) -> HttpResponse:
    row = draft.parts.filter(pk=part_id).first()
    key = part_key(desk, draft, part_id)
    if row is None:
        return gone(request, desk, draft, key)
    if request.method == "POST":
        return save(request, desk, draft, row)
    kept = drafts.find(key) if draft.is_open else None
    form = form_of(row)(row, drafts.as_posted(kept) if kept else None)
    if kept and form.is_valid() and form.content == row.content:
        drafts.discard(key)
        kept, form = None, form_of(row)(row)
    if kept:
        form.unchecked()
    return show(request, desk, draft, row, form, kept=kept)


def save(request: HttpRequest, desk: Desk, draft: EditionDraft, row: DraftPart) -> HttpResponse:
    key = part_key(desk, draft, row.pk)
    if request.POST.get("keep") == THEIRS:
        drafts.discard(key)
        messages.success(request, f"{title_of(row)} stays as it is.")
        return redirect(back_to(desk, draft, row))
    form = form_of(row)(row, request.POST)
    if not form.is_valid():
        drafts.keep(key, request.POST)
        return show(request, desk, draft, row, form)
    version, content = form.cleaned_data["version"], form.content
    try:
        saved = edition_parts.save_part(part=row, version=version, content=content, by=desk.user)
    except StaleSave as stale:
        drafts.keep(key, request.POST)
        if stale.theirs is None:
            return gone(request, desk, draft, key)
        clash = part_clash(stale.theirs, form, request.POST)
        return conflict_page(request, [clash], title=title_of(row), back=request.path)
    drafts.discard(key)
    messages.success(request, f"{title_of(saved)} has been saved.")
    stays = "stay" in request.POST and "keep" not in request.POST
    return redirect(request.path if stays else back_to(desk, draft, row))


def show(
    request: HttpRequest,
    desk: Desk,
    draft: EditionDraft,
    row: DraftPart,
    form: PartForm,
    *,
    kept: object = None,
) -> HttpResponse:
    page = EditionPage(desk, draft)
    context = {
        "page": page,
        "row": page.row(row),
        "form": form,
        "draft": kept,
        "errors": form.error_links if form.is_bound else [],
        "draft_token": part_key(desk, draft, row.pk).token,
        "draft_url": page.url("part_draft", row.pk),
        "discard_url": page.url("discard_part_draft", row.pk),
        **NAVIGATION,
    }
    return render(request, "assessments/edition_part.html", context)


def gone(request: HttpRequest, desk: Desk, draft: EditionDraft, key: DraftKey) -> HttpResponse:
    """Somebody removed it: with what this person typed about it; raises Http404 where that is
    nothing."""
    drafts.keep_by_token(request.POST)
    kept = drafts.find(key)
    if kept is None:
        raise Http404
    context = {"page": EditionPage(desk, draft), "draft": kept, **NAVIGATION}
    context["discard_url"] = desk.url("discard_part_draft", draft.pk, int(key.page[5:]))
    return render(request, "assessments/edition_part_gone.html", context, status=410)


@require_POST
@draft_page
def add(request: HttpRequest, desk: Desk, draft: EditionDraft) -> HttpResponse:
    """A blank one at the end, opened at once; nothing where the form doesn't say of what kind."""
    kind = request.POST.get("kind", "")
    if kind not in {DraftPartKind.SCALE, DraftPartKind.BENCHMARK, DraftPartKind.QUESTION}:
        return redirect(desk.url("edition", draft.pk))
    under = None
    if kind == DraftPartKind.QUESTION:
        number = request.POST.get("under", "")
        benchmarks = draft.parts.filter(kind=DraftPartKind.BENCHMARK)
        under = get_object_or_404(benchmarks, pk=number if number.isdecimal() else 0)
    added = edition_parts.add_part(draft=draft, kind=DraftPartKind(kind), under=under, by=desk.user)
    return redirect(desk.url("part", draft.pk, added.pk))


@require_POST
@draft_page
def move(request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int) -> HttpResponse:
    row = get_object_or_404(draft.parts, pk=part_id)
    edition_parts.move_part(part=row, up=request.POST.get("to") == "up", by=desk.user)
    return redirect(back_to(desk, draft, row))


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def remove(request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int) -> HttpResponse:
    """Asks first."""
    row = get_object_or_404(draft.parts.exclude(kind=DraftPartKind.ABOUT), pk=part_id)
    if request.method != "POST":
        page = EditionPage(desk, draft)
        context = {"page": page, "row": page.row(row), **NAVIGATION}
        return render(request, "assessments/remove_edition_part.html", context)
    edition_parts.remove_part(part=row, by=desk.user)
    messages.success(request, f"{title_of(row)} has been removed.")
    return redirect(desk.url("edition", draft.pk))


@require_safe
@draft_page
def preview(request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int) -> HttpResponse:
    edition = EditionPage(desk, draft)
    row = get_object_or_404(draft.parts, pk=part_id)
    page = QuestionPreview(edition.drafted, row)
    form = page.form()
    context = {
        "edition": edition,
        "page": page,
        "row": edition.row(row),
        "blocks": page.blocks(form),
        "whole_question": page.whole_question(form),
        "before": edition.row(page.before) if page.before else None,
        "after": edition.row(page.after) if page.after else None,
        **NAVIGATION,
    }
    return render(request, "assessments/edition_preview.html", context)


@require_POST
@draft_page
def part_draft(request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int) -> HttpResponse:
    """Keep what is typed; answers with the time."""
    get_object_or_404(draft.parts, pk=part_id)
    kept = drafts.keep(part_key(desk, draft, part_id), request.POST)
    return JsonResponse({"saved_at": timezone.localtime(kept.saved_at).strftime("%H:%M")})


@require_POST
@draft_page
def discard_part_draft(
    request: HttpRequest, desk: Desk, draft: EditionDraft, part_id: int
) -> HttpResponse:
    key = part_key(desk, draft, part_id)
    row = draft.parts.filter(pk=part_id).first()
    if row is None and drafts.find(key) is None:
        raise Http404
    drafts.discard(key)
    messages.success(request, "Your draft has been discarded.")
    return redirect(desk.url("part", draft.pk, part_id) if row else desk.url("edition", draft.pk))


def form_of(row: DraftPart) -> type[PartForm]:
    return FORMS[row.kind]


def part_key(desk: Desk, draft: EditionDraft, part_id: int) -> DraftKey:
    return desk.draft_key(draft, f"part:{part_id}")


def back_to(desk: Desk, draft: EditionDraft, row: DraftPart) -> str:
    return f"{desk.url('edition', draft.pk)}#part-{row.pk}"
