"""Working workbooks: downloaded, filled in offline, uploaded, reviewed, confirmed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.forms.govuk import posted
from assessments.forms.workbooks import DecideForm, ReturnForm, WhoseForm
from assessments.imports.problems import ImportProblems
from assessments.models import ReturnedWorkbook, User
from assessments.permissions import Permission
from assessments.presenters.workbooks import Review, ShownChange
from assessments.services.assignments import people_who_may_answer
from assessments.services.conflicts import StaleSave
from assessments.services.workbooks import (
    ReturnFinished,
    confirm_return,
    discard_return,
    make_workbook,
    take_back,
)
from assessments.services.workbooks import decide as decide_on
from assessments.workbooks.merging import Decided

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def workbooks(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """Where they are made; posted to, it takes a file back."""
    form = ReturnForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        upload = form.cleaned_data["workbook"]
        try:
            returned = take_back(
                cycle=access.cycle, file_name=upload.name, data=upload.read(), by=access.user
            )
        except ImportProblems as problem:
            form.add_error("workbook", problem)
        else:
            return (
                to_review(access, returned) if returned.workbook else to_columns(access, returned)
            )
    return show(request, access, whose_form(access), form)


@require_POST
@cycle_page(Permission.ANSWER_ASSIGNED)
def download_workbook(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    form = whose_form(access, request)
    if not form.is_valid():
        return show(request, access, form, ReturnForm())
    made = make_workbook(cycle=access.cycle, whose=form.person, by=access.user)
    response = HttpResponse(made.content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, made.name)
    return response


def whose_form(access: CycleAccess, request: HttpRequest | None = None) -> WhoseForm:
    """A lead makes one for anybody, a contributor their own."""
    may_all = access.can(Permission.ANSWER_ANY)
    people = people_who_may_answer(access.council) if may_all else [access.user]
    return WhoseForm(people, request.POST if request else None, everybody=may_all)


def show(
    request: HttpRequest, access: CycleAccess, whose: WhoseForm, form: ReturnForm
) -> HttpResponse:
    rows = returns(access).select_related("workbook", "by", "confirmed_by")
    returned = rows.defer(
        "said", "notes", "decisions", "rows", "sheets", "columns", "placed", "workbook__rows"
    )
    place = [access.council.slug, access.cycle.pk]
    whose.helper.form_action = reverse("councils:download_workbook", args=place)
    form.helper.form_action = reverse("councils:workbooks", args=place)
    context = {
        "whose_form": whose,
        "form": form,
        "has_errors": whose.is_bound and not whose.is_valid(),
        "errors": [*whose.error_links, *form.error_links],
        "returned": returned[:SHOWN],
        "may_all": access.can(Permission.ANSWER_ANY),
    }
    return render(request, "assessments/workbooks.html", context)


@require_safe
@cycle_page(Permission.ANSWER_ASSIGNED)
def returned_workbook(request: HttpRequest, access: CycleAccess, returned_id: int) -> HttpResponse:
    returned = unfinished(access, returned_id)
    if returned.workbook is None and not returned.rows:
        return to_columns(access, returned)
    show, page = request.GET.get("show", ""), request.GET.get("page")
    review = Review(returned, limited_to=limited_to(access), show=show, page=page)
    return render(request, "assessments/returned_workbook.html", {"review": review})


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def workbook_change(
    request: HttpRequest, access: CycleAccess, returned_id: int, number: int
) -> HttpResponse:
    review = Review(unfinished(access, returned_id), limited_to=limited_to(access))
    shown = review.change(number)
    if shown is None or shown.change.refused:
        raise Http404
    form = DecideForm(shown.change, posted(request))
    if form.is_valid():
        return decided(request, access, review, shown, form)
    page = {"form": form, "shown": shown, "review": review}
    return render(request, "assessments/workbook_change.html", page)


def decided(
    request: HttpRequest, access: CycleAccess, review: Review, shown: ShownChange, form: DecideForm
) -> HttpResponse:
    """Onwards to the next one that has to be decided."""
    typed, number = form.cleaned_data, shown.number
    choice = Decided(
        typed["choice"], typed.get("text", ""), shown.change.stands, by=access.user.name
    )
    try:
        after = decide_on(
            returned=review.returned, number=number, version=typed["version"], decided=choice
        )
    except StaleSave as stale:
        messages.error(request, f"{stale.theirs.by} has decided on this meanwhile.")
        return to_change(access, review.returned, number)
    except ReturnFinished:
        return finished(request, access)
    following = Review(after, limited_to=review.limited_to).next_to_decide(number)
    if following:
        return to_change(access, review.returned, following)
    return to_review(access, review.returned)


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def confirm_workbook(request: HttpRequest, access: CycleAccess, returned_id: int) -> HttpResponse:
    returned = find(access, returned_id)
    if returned.confirmed_at:  # pressed twice
        return redirect("councils:workbooks", access.council.slug, access.cycle.pk)
    if returned.workbook is None and not returned.rows:
        return to_columns(access, returned)
    problems: list[str] = []
    if request.method == "POST":
        try:
            done = confirm_return(returned=returned, by=access.user, limited_to=limited_to(access))
        except ValidationError as problem:
            problems = problem.messages
        except ReturnFinished:
            return finished(request, access)
        else:
            changes = "1 change" if done.written == 1 else f"{done.written} changes"
            messages.success(request, f"{changes} written from “{done.file_name}”.")
            return redirect("councils:workbooks", access.council.slug, access.cycle.pk)
    review = Review(returned, limited_to=limited_to(access))
    page = {"review": review, "problems": [("confirm", each) for each in problems]}
    return render(request, "assessments/confirm_workbook.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@cycle_page(Permission.ANSWER_ASSIGNED)
def discard_workbook(request: HttpRequest, access: CycleAccess, returned_id: int) -> HttpResponse:
    returned = unfinished(access, returned_id)
    if request.method != "POST":
        return render(request, "assessments/discard_workbook.html", {"returned": returned})
    try:
        discard_return(returned=returned)
    except ReturnFinished:
        return finished(request, access)
    messages.success(request, "What was read from the workbook has been discarded.")
    return redirect("councils:workbooks", access.council.slug, access.cycle.pk)


def finished(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    messages.info(request, "Somebody has confirmed this workbook, or discarded it.")
    return redirect("councils:workbooks", access.council.slug, access.cycle.pk)


def to_review(access: CycleAccess, returned: ReturnedWorkbook) -> HttpResponse:
    return redirect("councils:returned_workbook", access.council.slug, access.cycle.pk, returned.pk)


def to_columns(access: CycleAccess, returned: ReturnedWorkbook) -> HttpResponse:
    place = [access.council.slug, access.cycle.pk, returned.pk]
    return redirect("councils:workbook_columns", *place)


def to_change(access: CycleAccess, returned: ReturnedWorkbook, number: int) -> HttpResponse:
    place = [access.council.slug, access.cycle.pk, returned.pk, number]
    return redirect("councils:workbook_change", *place)


def returns(access: CycleAccess) -> QuerySet[ReturnedWorkbook]:
    """All for a lead, those that they uploaded themselves for a contributor."""
    rows = access.cycle.returned_workbooks.all()
    return rows.filter(by=limited) if (limited := limited_to(access)) else rows


def limited_to(access: CycleAccess) -> User | None:
    """None for who may answer everything."""
    return None if access.can(Permission.ANSWER_ANY) else access.user


def find(access: CycleAccess, returned_id: int) -> ReturnedWorkbook:
    """Raises PermissionDenied for one that somebody else uploaded, as `returns` has it."""
    rows = access.cycle.returned_workbooks.select_related("workbook", "by")
    found = get_object_or_404(rows, pk=returned_id)
    if limited_to(access) and found.by != access.user:
        raise PermissionDenied
    found.cycle = access.cycle
    return found


def unfinished(access: CycleAccess, returned_id: int) -> ReturnedWorkbook:
    found = find(access, returned_id)
    if found.confirmed_at:
        raise Http404
    return found
