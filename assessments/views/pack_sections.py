"""Writing a pack's sections."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import PackAccess, pack_page
from assessments.conflicts import THEIRS, chosen, conflict_page
from assessments.forms.pack_sections import (
    AddPartForm,
    CommentForm,
    SectionForm,
    VerificationForm,
    verification_form,
)
from assessments.models import Draft, PackPart, PackSection, PartKind
from assessments.permissions import Permission
from assessments.presenters.clashes import verification_clash
from assessments.presenters.pack_sections import SectionPage, clashes_of
from assessments.services import drafts
from assessments.services import pack_sections as services
from assessments.services.conflicts import StaleSave
from assessments.services.drafts import DraftKey


@require_http_methods(["GET", "POST"])
@pack_page(Permission.READ, post=Permission.DRAFT_PACK)
def pack_section(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    page = SectionPage(access, name)
    if request.method == "POST":
        return save(request, access, page)
    draft = drafts.find(draft_key(access, name)) if access.can(Permission.DRAFT_PACK) else None
    form = page.form(drafts.as_posted(draft) if draft else None)
    if draft and not form.differs():
        drafts.discard(draft_key(access, name))
        draft, form = None, page.form()
    return show(request, page, form, draft=draft)


def save(request: HttpRequest, access: PackAccess, page: SectionPage) -> HttpResponse:
    key = draft_key(access, page.section.key)
    data = chosen(request.POST)
    form = page.form(data)
    if not form.is_valid():
        drafts.keep(key, data)
        return show(request, page, form, has_errors=True)
    saved = services.save_parts(section=page.section, parts=form.inputs, by=access.user)
    if saved.clashing:
        drafts.keep(key, data)
        clashes = clashes_of(saved, form.inputs)
        title, changed = page.section.heading, int(saved.changed)
        return conflict_page(request, clashes, title=title, back=request.path, saved=changed)
    drafts.discard(key)
    if saved.put_back:
        messages.warning(request, "Somebody had removed a part that you wrote: it is back, last.")
    messages.success(request, f"{page.section.heading} has been saved.")
    return redirect(request.path)


def show(
    request: HttpRequest,
    page: SectionPage,
    parts: SectionForm,
    *,
    draft: Draft | None = None,
    has_errors: bool = False,
    **forms: Any,
) -> HttpResponse:
    context = {
        "page": page,
        "pack": page.pack,
        "parts": parts,
        "draft": draft,
        "has_errors": has_errors,
        "errors": parts.errors if has_errors else [],
        "draft_token": draft_key(page.access, page.section.key).token,
        "add_form": AddPartForm(),
        "verification": verification_form(page.section),
        "comment_form": CommentForm(),
        "current_nav": "packs",
        **forms,
    }
    return render(request, "assessments/pack_section.html", context)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def pack_section_draft(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    """Keep what is typed; answers with the time."""
    find_section(access, name)
    draft = drafts.keep(draft_key(access, name), request.POST)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@require_POST
@pack_page(Permission.DRAFT_PACK)
def discard_pack_section_draft(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    find_section(access, name)
    drafts.discard(draft_key(access, name))
    messages.success(request, "Your draft has been discarded.")
    return to_section(access, name)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def add_part(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    form = AddPartForm(request.POST)
    if not form.is_valid():
        return show_again(request, access, name, form, "add_form")
    kind = PartKind(form.cleaned_data["kind"])
    section = find_section(access, name)
    snapshot = None if kind == PartKind.TEXT else access.pack.snapshot
    part = services.add_part(section=section, kind=kind, snapshot=snapshot, by=access.user)
    return redirect(f"{section_address(access, name)}#part-{part.pk}")


@require_http_methods(["GET", "POST"])
@pack_page(Permission.DRAFT_PACK)
def remove_part(request: HttpRequest, access: PackAccess, pack_part_id: int) -> HttpResponse:
    """Asks first."""
    part = find_part(access, pack_part_id)
    if request.method != "POST":
        context = {"part": part, "pack": access.pack, "current_nav": "packs"}
        return render(request, "assessments/remove_part.html", context)
    services.remove_part(part=part, by=access.user)
    messages.success(request, "The part has been removed.")
    return to_section(access, part.section.key)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def move_part(request: HttpRequest, access: PackAccess, pack_part_id: int) -> HttpResponse:
    part = find_part(access, pack_part_id)
    services.move_part(part=part, up=request.POST.get("to") == "up", by=access.user)
    return redirect(f"{section_address(access, part.section.key)}#part-{part.pk}")


@require_POST
@pack_page(Permission.DRAFT_PACK)
def leave_out(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    """Or take it in again."""
    section = find_section(access, name)
    out = request.POST.get("out") == "yes"
    services.leave_out(section=section, out=out, by=access.user)
    what = "is left out of the report" if out else "is in the report again"
    messages.success(request, f"{section.heading} {what}.")
    return to_section(access, name)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def verify_section(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    section = find_section(access, name)
    form = VerificationForm(chosen(request.POST))
    if request.POST.get("keep") == THEIRS:
        return to_section(access, name)
    if not form.is_valid():
        return show_again(request, access, name, form, "verification")
    version = form.cleaned_data["version"] or 0
    try:
        services.verify(section=section, version=version, verification=form.input, by=access.user)
    except StaleSave as stale:
        clash = verification_clash(stale.theirs, form.input, request.POST)
        return conflict_page(request, [clash], title=section.heading, back=request.path)
    messages.success(request, "The verification has been saved.")
    return to_section(access, name)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def add_comment(request: HttpRequest, access: PackAccess, name: str) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return show_again(request, access, name, form, "comment_form")
    section = find_section(access, name)
    text = form.cleaned_data["text"]
    services.comment(section=section, text=text, by=access.user)
    return redirect(f"{section_address(access, name)}#comments")


@require_POST
@pack_page(Permission.DRAFT_PACK)
def settle_comment(request: HttpRequest, access: PackAccess, comment_id: int) -> HttpResponse:
    comment = get_object_or_404(access.pack.comments.select_related("section"), pk=comment_id)
    services.settle(comment=comment, by=access.user)
    return redirect(f"{section_address(access, comment.section.key)}#comments")


def show_again(
    request: HttpRequest, access: PackAccess, name: str, form: Any, shown_as: str
) -> HttpResponse:
    """The section's page with one of its small forms as it was typed, and its errors."""
    page = SectionPage(access, name)
    return show(request, page, page.form(), form=form, **{shown_as: form})


def find_section(access: PackAccess, name: str) -> PackSection:
    section = get_object_or_404(access.pack.sections, key=name)
    section.pack = access.pack
    return section


def find_part(access: PackAccess, pack_part_id: int) -> PackPart:
    part = get_object_or_404(access.pack.parts, pk=pack_part_id)
    part.section.pack = access.pack
    return part


def section_address(access: PackAccess, name: str) -> str:
    return reverse("councils:pack_section", args=[access.council.slug, access.pack.pk, name])


def to_section(access: PackAccess, name: str) -> HttpResponse:
    return redirect(section_address(access, name))


def draft_key(access: PackAccess, name: str) -> DraftKey:
    """Drafts hang on a cycle: this one on that of the pack's snapshot."""
    page = f"pack:{access.pack.pk}:{name}"[:60]
    return DraftKey(access.user.pk, access.pack.snapshot.cycle_id, page)
