from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Toolkit


@login_required
@require_safe
def toolkit_list(request: HttpRequest) -> HttpResponse:
    context = {"toolkits": Toolkit.objects.published(), "current_nav": "toolkits"}
    return render(request, "benchmarks/toolkit_list.html", context)


@login_required
@require_safe
def toolkit(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Toolkit.objects.published().with_contents(), slug=slug)
    context = {"toolkit": found, "current_nav": "toolkits"}
    return render(request, "benchmarks/toolkit.html", context)


@login_required
@require_safe
def benchmark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    edition = get_object_or_404(Toolkit.objects.published(), slug=slug)
    benchmarks = edition.benchmarks.all()
    found = get_object_or_404(benchmarks.prefetch_related("questions__prompts"), number=number)
    context = {
        "toolkit": edition,
        "benchmark": found,
        "previous": benchmarks.filter(number__lt=number).last(),
        "next": benchmarks.filter(number__gt=number).first(),
        "current_nav": "toolkits",
    }
    return render(request, "benchmarks/benchmark.html", context)
