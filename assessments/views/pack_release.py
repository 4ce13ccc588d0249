"""A pack on its way out: read as others will, checked, made into files, released."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from assessments.access import PackAccess, pack_page
from assessments.exports.report.checksums import Checked, render_checksums
from assessments.exports.report.web import render_report_html
from assessments.forms.release import AcceptWarningForm, ReleaseForm
from assessments.models import Audience, PackFile
from assessments.permissions import Permission
from assessments.presenters.packs import versions_of
from assessments.presenters.release import CheckPage, VersionPage
from assessments.services import release as services
from assessments.services.made_files import make_again
from assessments.services.pack_files import preview, request_files
from assessments.tasks import make_file_of_pack

# A report's page brings its styles with it, asks for nothing, and may stand in our own frame.
STANDS_ALONE = {
    "default-src": [NONE],
    "img-src": ["data:"],
    "style-src": [UNSAFE_INLINE],
    "script-src": [NONE],
    "frame-ancestors": [SELF],
}


@require_safe
@pack_page(Permission.READ)
def preview_pack(request: HttpRequest, access: PackAccess, audience: str) -> HttpResponse:
    """The report on screen, as the public or as the committee's members will read it."""
    context = {"pack": access.pack, "audience": audience, "current_nav": "packs"}
    return render(request, "assessments/pack_preview.html", context)


@xframe_options_sameorigin
@csp_replace(STANDS_ALONE)
@require_safe
@pack_page(Permission.READ)
def preview_page(request: HttpRequest, access: PackAccess, audience: str) -> HttpResponse:
    """The very page that the web version will be, for a frame of ours."""
    report = preview(access.pack, Audience(audience))
    return HttpResponse(render_report_html(report, made_on=timezone.localdate()))


@require_safe
@pack_page(Permission.READ)
def release_check(request: HttpRequest, access: PackAccess) -> HttpResponse:
    return show_check(request, access, AcceptWarningForm())


def show_check(request: HttpRequest, access: PackAccess, form: AcceptWarningForm) -> HttpResponse:
    page = CheckPage(access, today=timezone.localdate())
    context = {"page": page, "pack": access.pack, "form": form, "current_nav": "packs"}
    return render(request, "assessments/release_check.html", context)


@require_POST
@pack_page(Permission.RELEASE_PACK)
def accept_warning(request: HttpRequest, access: PackAccess) -> HttpResponse:
    form = AcceptWarningForm(request.POST)
    if not form.is_valid():
        return show_check(request, access, form)
    try:
        services.accept_warning(pack=access.pack, by=access.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Accepted, and kept on record.")
    return redirect("councils:release_check", access.council.slug, access.pack.pk)


@require_safe
@pack_page(Permission.READ)
def pack_files(request: HttpRequest, access: PackAccess) -> HttpResponse:
    context = {
        "pack": access.pack,
        "versions": versions_of(access.pack),
        "page": CheckPage(access, today=timezone.localdate()),
        "current_nav": "packs",
    }
    return render(request, "assessments/pack_files.html", context)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def make_pack_files(request: HttpRequest, access: PackAccess) -> HttpResponse:
    """Draft files, or those for the committee, of the pack as it stands."""
    version = request_files(
        pack=access.pack,
        is_draft=request.POST.get("version") != "committee",
        by=access.user,
        enqueue=make_file_of_pack.enqueue,
    )
    return to_version(access, version.number)


@require_safe
@pack_page(Permission.READ)
def pack_version(request: HttpRequest, access: PackAccess, number: int) -> HttpResponse:
    page = find_version(access, number)
    if not request.htmx:  # type: ignore[attr-defined]
        return show_version(request, access, page, ReleaseForm())
    if request.GET.get("seen") == page.state:
        return HttpResponse(status=204)  # nothing new, so nothing is announced again
    context = {"page": page, "pack": access.pack, "form": ReleaseForm()}
    return render(request, "assessments/_pack_files.html", context)


def show_version(
    request: HttpRequest, access: PackAccess, page: VersionPage, form: ReleaseForm
) -> HttpResponse:
    context = {"page": page, "pack": access.pack, "form": form, "current_nav": "packs"}
    return render(request, "assessments/pack_version.html", context)


@require_POST
@pack_page(Permission.RELEASE_PACK)
def release(request: HttpRequest, access: PackAccess, number: int) -> HttpResponse:
    page = find_version(access, number)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return show_version(request, access, page, form)
    try:
        services.release(pack=access.pack, version=page.version, by=access.user)
    except ValidationError as error:
        form.add_error(None, error)
        return show_version(request, access, page, form)
    messages.success(request, "Released. Who, when and the hash of each file are on record.")
    return to_version(access, number)


@require_safe
@pack_page(Permission.READ)
def checksums(request: HttpRequest, access: PackAccess, number: int) -> HttpResponse:
    page = find_version(access, number)
    ready = [each for each in page.files if each.is_ready]
    files = [Checked(each.name, each.file.size, each.file.sha256) for each in ready]
    text = render_checksums(f"{access.council.name}: {access.pack.title}, {page.label}", files)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@pack_page(Permission.READ)
def download_pack_file(request: HttpRequest, access: PackAccess, file_id: int) -> FileResponse:
    file = readable_file(access, file_id)
    shown = find_version(access, file.pack_version.number).shown(file)
    try:
        content = file.file.open()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=shown.name)


@require_POST
@pack_page(Permission.DRAFT_PACK)
def make_pack_file_again(request: HttpRequest, access: PackAccess, file_id: int) -> HttpResponse:
    file = readable_file(access, file_id)
    make_again(file, make_file_of_pack.enqueue, by=access.user)
    return to_version(access, file.pack_version.number)


def find_version(access: PackAccess, number: int) -> VersionPage:
    versions = access.pack.versions.select_related("release", "made_by")
    return VersionPage(access, get_object_or_404(versions, number=number), now=timezone.now())


def readable_file(access: PackAccess, file_id: int) -> PackFile:
    """404 for one of another pack, 403 for one that holds text this person may not take away."""
    file = get_object_or_404(access.pack.files, pk=file_id)
    if file.audience != Audience.PUBLIC:
        access.require(Permission.EXPORT_RESTRICTED)
    return file


def to_version(access: PackAccess, number: int) -> HttpResponse:
    return redirect("councils:pack_version", access.council.slug, access.pack.pk, number)
