"""The board's dashboard, on screen and on one printed page."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.exports.dashboard import dashboard_file_name, render_dashboard
from assessments.permissions import Permission
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.dashboard_figures import Figures
from assessments.services.export_files import logo_of


@require_safe
@cycle_page(Permission.READ)
def dashboard(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    return render(request, "assessments/dashboard.html", {"board": Dashboard(access.cycle)})


@require_safe
@cycle_page(Permission.READ)
def dashboard_rows(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """The rows behind one of its figures: `?of=rated&rating=green`."""
    figure = Figures(Dashboard(access.cycle), request.GET).chosen
    return render(request, "assessments/dashboard_figure.html", {"figure": figure})


@require_safe
@cycle_page(Permission.EXPORT_RESTRICTED)
def dashboard_pdf(request: HttpRequest, access: CycleAccess) -> FileResponse:
    """The board's version, whole: one page takes less than a second, so no job makes it."""
    board = Dashboard(access.cycle)
    made_on, logo = timezone.localdate(), logo_of(access.council)
    pdf = BytesIO(render_dashboard(board, made_on=made_on, logo=logo))
    return FileResponse(pdf, as_attachment=True, filename=dashboard_file_name(access.cycle))
