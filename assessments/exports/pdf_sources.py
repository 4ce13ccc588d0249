"""What the PDF renderer may read: our own print style sheets, and images handed over as data."""

from email.message import EmailMessage
from typing import Any

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

STYLE_SHEET = "own:toolkit.css"
STYLE_SHEETS = {  # each of these files, one after the other
    STYLE_SHEET: ("common.css", "toolkit.css"),
    "own:dashboard.css": ("dashboard.css",),
    "own:report.css": ("common.css", "report.css"),
}


def joined(*names: str) -> str:
    folder = settings.BASE_DIR / "static" / "print"
    return "\n".join((folder / name).read_text("utf-8") for name in names)


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Refuses every other address: no network, no files of this machine."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"])

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url in STYLE_SHEETS:
            content = joined(*STYLE_SHEETS[url]).encode()
            kind = EmailMessage()
            kind["Content-Type"] = "text/css; charset=utf-8"
            return URLFetcherResponse(url, content, kind)
        return super().fetch(url, headers)
