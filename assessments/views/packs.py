"""Committee packs: started from a signed snapshot; the builder; the meeting."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import Access, PackAccess, council_page, pack_page
from assessments.conflicts import THEIRS, chosen, conflict_page
from assessments.forms.govuk import posted
from assessments.forms.pack_sections import CommentForm
from assessments.forms.packs import MeetingForm, NewPackForm
from assessments.permissions import Permission
from assessments.presenters.clashes import meeting_clash
from assessments.presenters.packs import PackPage, PackRows
from assessments.services.conflicts import StaleSave
from assessments.services.pack_sections import use_snapshot
from assessments.services.packs import change_meeting, newer_snapshot, start_pack


@require_safe
@council_page(Permission.READ)
def packs(request: HttpRequest, access: Access) -> HttpResponse:
    page = PackRows(access, today=timezone.localdate())
    return render(request, "assessments/packs.html", {"page": page, "current_nav": "packs"})


@require_http_methods(["GET", "POST"])
@council_page(Permission.DRAFT_PACK)
def add_pack(request: HttpRequest, access: Access) -> HttpResponse:
    snapshots = access.council.snapshots.select_related("cycle__toolkit")
    form = NewPackForm(posted(request), snapshots=list(snapshots))
    if not form.is_valid():
        context = {"form": form, "current_nav": "packs"}
        return render(request, "assessments/add_pack.html", context)
    pack = start_pack(
        council=access.council,
        snapshot=form.cleaned_data["snapshot"],
        meeting=form.input,
        by=access.user,
    )
    messages.success(
        request,
        "The pack has been started. Each section that begins with words has to be confirmed.",
    )
    return redirect("councils:pack", access.council.slug, pack.pk)


@require_safe
@pack_page(Permission.READ)
def pack(request: HttpRequest, access: PackAccess) -> HttpResponse:
    page = PackPage(access, today=timezone.localdate())
    context = {"page": page, "pack": access.pack, "form": CommentForm(), "current_nav": "packs"}
    return render(request, "assessments/pack.html", context)


@require_http_methods(["GET", "POST"])
@pack_page(Permission.DRAFT_PACK)
def meeting(request: HttpRequest, access: PackAccess) -> HttpResponse:
    if request.POST.get("keep") == THEIRS:
        return to_pack(access)
    data = chosen(request.POST) if request.method == "POST" else None
    form = MeetingForm(data, initial=model_to_dict(access.pack))
    if not form.is_valid():
        context = {"form": form, "pack": access.pack, "current_nav": "packs"}
        return render(request, "assessments/meeting.html", context)
    version = form.cleaned_data["version"] or 0
    try:
        change_meeting(pack=access.pack, version=version, meeting=form.input, by=access.user)
    except StaleSave as stale:
        clash = meeting_clash(stale.theirs, form.input, request.POST)
        return conflict_page(request, [clash], title="The meeting", back=request.path)
    messages.success(request, "The meeting’s details have been saved.")
    return to_pack(access)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def use_latest_snapshot(request: HttpRequest, access: PackAccess) -> HttpResponse:
    latest = newer_snapshot(access.pack) or access.pack.snapshot
    parts = use_snapshot(pack=access.pack, snapshot=latest, by=access.user)
    messages.success(
        request,
        f"The pack is now on snapshot {latest.number}. Parts to be confirmed again: {parts}. "
        "Words that were written stay as they are: read them once more.",
    )
    return to_pack(access)


def to_pack(access: PackAccess) -> HttpResponse:
    return redirect("councils:pack", access.council.slug, access.pack.pk)
