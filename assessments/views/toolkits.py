"""The published toolkits with their guidance, for everybody who may see them."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assessments.access import signed_in_page, toolkits_of_person
from assessments.exports.edition_workbook import as_workbook
from benchmarks.editions.checking import Document
from benchmarks.editions.storing import as_document
from benchmarks.editions.writing import as_yaml

NAVIGATION = {"current_nav": "toolkits"}
Format = Literal["yaml", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in_page
@require_safe
def toolkit_list(request: HttpRequest) -> HttpResponse:
    found = toolkits_of_person(request).select_related("ownership__council")
    return render(request, "benchmarks/toolkit_list.html", {"toolkits": found, **NAVIGATION})


@signed_in_page
@require_safe
def toolkit(request: HttpRequest, slug: str) -> HttpResponse:
    open_to_person = toolkits_of_person(request)
    found = get_object_or_404(open_to_person.with_contents(), slug=slug)
    correction = open_to_person.filter(corrects=found).first()
    context = {"toolkit": found, "correction": correction, **NAVIGATION}
    return render(request, "benchmarks/toolkit.html", context)


@signed_in_page
@require_safe
def benchmark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition = get_object_or_404(toolkits_of_person(request), slug=slug)
    benchmarks = edition.benchmarks.all()
    found = get_object_or_404(benchmarks.prefetch_related("questions__prompts"), number=number)
    context = {
        "toolkit": edition,
        "benchmark": found,
        "previous": benchmarks.filter(number__lt=number).last(),
        "next": benchmarks.filter(number__gt=number).first(),
        **NAVIGATION,
    }
    return render(request, "benchmarks/benchmark.html", context)


@signed_in_page
@require_safe
def download(request: HttpRequest, slug: str, format: Format) -> HttpResponse:
    """As a file that a draft can be started from."""
    found = get_object_or_404(toolkits_of_person(request).with_contents(), slug=slug)
    return as_file(as_document(found), format)


def as_file(document: Document, format: Format) -> HttpResponse:
    if format == "yaml":
        response = HttpResponse(as_yaml(document), content_type="application/yaml; charset=utf-8")
    else:
        response = HttpResponse(as_workbook(document), content_type=XLSX)
    name = slugify(document.get("slug", "")) or "toolkit"
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
