"""What has been sent, for a demonstration to look at."""

from django.core.paginator import Page, Paginator

from assessments.models import Mail

PAGE_SIZE = 20


def mails(number: str | None) -> Page[Mail]:
    rows = Mail.objects.select_related("user", "council")
    return Paginator(rows, PAGE_SIZE).get_page(number)
