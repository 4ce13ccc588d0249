"""Who changed what in a committee pack, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import PackAccess, pack_page
from assessments.pack_changes import PackChanges
from assessments.permissions import Permission
from assessments.presenters.pack_history import days_of


@require_safe
@pack_page(Permission.READ)
def pack_history(request: HttpRequest, access: PackAccess) -> HttpResponse:
    page = PackChanges(access.pack).page(request.GET.get("page"))
    context = {"pack": access.pack, "page": page, "days": days_of(page), "current_nav": "packs"}
    return render(request, "assessments/pack_history.html", context)
