from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Benchmark, Toolkit


@login_required
@require_safe
def toolkit_list(request: HttpRequest) -> HttpResponse:
    toolkits = Toolkit.objects.published()
    return render(request, "benchmarks/toolkit_list.html", {"toolkits": toolkits})


@login_required
@require_safe
def toolkit(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Toolkit.objects.published().with_contents(), slug=slug)
    return render(request, "benchmarks/toolkit.html", {"toolkit": found})


@login_required
@require_safe
def benchmark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition = get_object_or_404(Toolkit.objects.published(), slug=slug)
    benchmarks = Benchmark.objects.filter(toolkit=edition).select_related("toolkit")
    found = get_object_or_404(benchmarks.prefetch_related("questions__prompts"), number=number)
    return render(request, "benchmarks/benchmark.html", {"benchmark": found, "toolkit": edition})
