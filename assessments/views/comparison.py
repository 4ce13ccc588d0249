"""Two cycles of a council side by side."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Access, council_page
from assessments.comparison import compare
from assessments.comparison.parts import Comparison
from assessments.exports.workbook.comparison import comparison_file_name, render_comparison
from assessments.forms.comparison import ComparisonForm
from assessments.mapped import links_between
from assessments.permissions import Permission
from assessments.record_builder import build_records


@require_safe
@council_page(Permission.READ)
def choose_comparison(request: HttpRequest, access: Access) -> HttpResponse:
    """`?after=` suggests the later one; both of them lead on to the comparison."""
    cycles = list(access.council.cycles.select_related("toolkit"))
    chosen = request.GET.get("after", "")
    latest = next((c.pk for c in cycles if str(c.pk) == chosen), cycles[0].pk if cycles else 0)
    form = ComparisonForm(
        request.GET if "before" in request.GET else None, cycles=cycles, latest=latest
    )
    if form.is_valid():
        pair = form.cleaned_data["before"], form.cleaned_data["after"]
        return redirect("councils:comparison", access.council.slug, *pair)
    context = {"form": form, "enough": len(cycles) > 1}
    return render(request, "assessments/choose_comparison.html", context)


@require_safe
@council_page(Permission.READ)
def comparison(request: HttpRequest, access: Access, before_id: int, after_id: int) -> HttpResponse:
    context = {
        "comparison": compared(access, before_id, after_id),
        "before_id": before_id,
        "after_id": after_id,
    }
    return render(request, "assessments/comparison.html", context)


@require_safe
@council_page(Permission.READ)
def compared_benchmark(
    request: HttpRequest, access: Access, before_id: int, after_id: int, number: int
) -> HttpResponse:
    found = compared(access, before_id, after_id)
    benchmark = next((each for each in found.benchmarks if each.number == number), None)
    if benchmark is None:
        raise Http404
    numbers = [each.number for each in found.benchmarks]
    context = {
        "comparison": found,
        "benchmark": benchmark,
        "before_id": before_id,
        "after_id": after_id,
        "previous": max((n for n in numbers if n < number), default=None),
        "next": min((n for n in numbers if n > number), default=None),
    }
    return render(request, "assessments/compared_benchmark.html", context)


@require_safe
@council_page(Permission.EXPORT_RESTRICTED)
def comparison_workbook(
    request: HttpRequest, access: Access, before_id: int, after_id: int
) -> FileResponse:
    """Whole, as the board reads it."""
    found = compared(access, before_id, after_id)
    workbook = BytesIO(render_comparison(found, made_on=timezone.localdate()))
    name = comparison_file_name(found.before, found.after)
    return FileResponse(workbook, as_attachment=True, filename=name)


def compared(access: Access, before_id: int, after_id: int) -> Comparison:
    """Eight queries, on two editions one more. Raises Http404 where one of the two isn't this
    council's."""
    wanted = {before_id, after_id}
    records = build_records(access.council.cycles.filter(pk__in=wanted), brief=True)
    if set(records) != wanted:
        raise Http404
    before, after = records[before_id], records[after_id]
    if before.toolkit_slug == after.toolkit_slug:
        return compare(before, after)
    return compare(before, after, links_between(before.toolkit_slug, after.toolkit_slug))
