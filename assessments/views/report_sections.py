"""The sections that a council's committee reports have."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import Access, council_page
from assessments.conflicts import chosen, conflict_page
from assessments.forms.report_sections import AddSectionForm, ReportSectionsForm
from assessments.models import SectionKind
from assessments.permissions import Permission
from assessments.presenters.settings import section_clash
from assessments.services import report_sections as services


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def report_sections(request: HttpRequest, access: Access) -> HttpResponse:
    data = chosen(request.POST) if request.method == "POST" else None
    sections = ReportSectionsForm(services.sections_of(access.council), data)
    if not sections.is_valid():
        return show(request, sections, AddSectionForm())
    saved = services.save_sections(council=access.council, sections=sections.inputs, by=access.user)
    if saved.clashing:
        clashes = [section_clash(*each) for each in saved.clashing]
        title = f"Report sections of {access.council}"
        return conflict_page(request, clashes, title=title, back=request.path, saved=saved.changed)
    messages.success(request, "The sections have been saved.")
    return redirect("councils:report_sections", access.council.slug)


@require_POST
@council_page(Permission.MANAGE_COUNCIL)
def add_report_section(request: HttpRequest, access: Access) -> HttpResponse:
    form = AddSectionForm(request.POST)
    if form.is_valid():
        heading, kind = form.cleaned_data["heading"], SectionKind(form.cleaned_data["kind"])
        try:
            services.add_section(council=access.council, heading=heading, kind=kind, by=access.user)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        return show(request, ReportSectionsForm(services.sections_of(access.council)), form)
    messages.success(request, "The section has been added, behind the others.")
    return redirect("councils:report_sections", access.council.slug)


def show(request: HttpRequest, sections: ReportSectionsForm, form: AddSectionForm) -> HttpResponse:
    context = {
        "sections": sections,
        "form": form,
        "errors": [*sections.errors, *form.error_links] if form.is_bound else sections.errors,
        "has_errors": bool(sections.errors),
    }
    return render(request, "assessments/report_sections.html", context)
