"""How a council publishes: lead times, closure days, its own Word template."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import Access, council_page
from assessments.forms.govuk import posted
from assessments.forms.publishing import (
    ClosureForm,
    ExampleForm,
    PublishingForm,
    RemoveClosureForm,
    WordTemplateForm,
)
from assessments.permissions import Permission
from assessments.presenters.publishing import Publishing
from assessments.services.closures import add_closures, remove_closures
from assessments.services.councils import change_word_template
from assessments.views.council import saved_or_clash

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def publishing(request: HttpRequest, access: Access) -> HttpResponse:
    form = PublishingForm(access.council, posted(request))
    if form.is_valid():
        return saved_or_clash(request, access, form)
    return show(request, access, form, "assessments/publishing.html")


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def closures(request: HttpRequest, access: Access) -> HttpResponse:
    form = ClosureForm(posted(request))
    if not form.is_valid():
        return show(request, access, form, "assessments/closures.html")
    added = add_closures(council=access.council, by=access.user, **form.cleaned_data)
    messages.success(request, f"{added} day{pluralize(added)} added.")
    return redirect("councils:closures", access.council.slug)


def show(
    request: HttpRequest, access: Access, form: PublishingForm | ClosureForm, template: str
) -> HttpResponse:
    """With the example that the address asks for."""
    page = Publishing(access.council, today=timezone.localdate())
    asked = request.GET if "meeting_on_0" in request.GET else None
    example = ExampleForm(asked, initial={"meeting_on": page.example_day})
    context = {
        "form": form,
        "page": page,
        "example": example,
        "deadline": page.deadline(example.day) if example.day else None,
        "errors": [*form.error_links, *example.error_links],
        "has_errors": bool(form.errors or example.errors),
    }
    return render(request, template, context)


@require_POST
@council_page(Permission.MANAGE_COUNCIL)
def remove_closure(request: HttpRequest, access: Access) -> HttpResponse:
    form = RemoveClosureForm(request.POST)
    removed = 0
    if form.is_valid():
        removed = remove_closures(council=access.council, by=access.user, **form.cleaned_data)
    messages.success(request, f"{removed} day{pluralize(removed)} removed.")
    return redirect("councils:closures", access.council.slug)


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def word_template(request: HttpRequest, access: Access) -> HttpResponse:
    form = WordTemplateForm(posted(request), request.FILES or None)
    if not form.is_valid():
        return render(request, "assessments/word_template.html", {"form": form})
    change_word_template(
        council=access.council, template=form.cleaned_data["template"], by=access.user
    )
    messages.success(request, "The Word template has been saved.")
    return redirect("councils:word_template", access.council.slug)


@require_safe
@council_page(Permission.MANAGE_COUNCIL)
def template_file(request: HttpRequest, access: Access) -> FileResponse:
    try:
        content = access.council.word_template.open()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    name = f"{access.council.slug}-template.docx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=WORD)


@require_http_methods(["GET", "POST"])
@council_page(Permission.MANAGE_COUNCIL)
def remove_template(request: HttpRequest, access: Access) -> HttpResponse:
    """Asks first."""
    if request.method != "POST":
        return render(request, "assessments/remove_word_template.html")
    change_word_template(council=access.council, template=None, by=access.user)
    messages.success(request, "The Word template has been removed.")
    return redirect("councils:word_template", access.council.slug)
