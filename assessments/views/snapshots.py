"""Snapshots: what was signed off, readable for ever."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.access import Access, council_page
from assessments.permissions import Permission
from assessments.services.snapshots import is_genuine
from assessments.snapshots import thaw


@require_safe
@council_page(Permission.READ)
def snapshot(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    found = get_object_or_404(access.council.snapshots, number=number)
    try:
        frozen = thaw(found.content)
    except msgspec.ValidationError:
        frozen = None
    context = {
        "snapshot": found,
        "frozen": frozen,
        "rows": zip(frozen.record.benchmarks, frozen.suggestions, strict=True) if frozen else (),
        "intact": is_genuine(found),
    }
    return render(request, "assessments/snapshot.html", context)
