"""Giving questions to the people who answer them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import CycleAccess, cycle_page
from assessments.forms.assign import AssignForm
from assessments.forms.govuk import posted
from assessments.permissions import Permission
from assessments.presenters.cycles import by_benchmark
from assessments.progress import progress_of
from assessments.services.assignments import answering, assign_questions


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.ASSIGN)
def assign(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    questions = progress_of(access.cycle)[access.cycle.pk]
    people = answering(access.council).select_related("user")
    form = AssignForm(questions, people, posted(request))
    if form.is_valid():
        try:
            changed = assign_questions(
                cycle=access.cycle, refs=form.chosen_refs, assignee=form.person, by=access.user
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, outcome(changed, form))
            return redirect("councils:assign", access.council.slug, access.cycle.pk)
    sections = by_benchmark(access.cycle, form.with_organisations)
    return render(request, "assessments/assign.html", {"form": form, "sections": sections})


def outcome(changed: int, form: AssignForm) -> str:
    if not changed:
        return "Nothing has changed: the questions were there already."
    questions = "1 question" if changed == 1 else f"{changed} questions"
    if form.person:
        return f"{questions} given to {form.person}."
    return f"{questions} taken back: nobody has them now."
