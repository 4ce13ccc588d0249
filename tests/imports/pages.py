"""What a lead does on the pages of an import."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import DocumentImport
from assessments.services.import_reading import read_upload
from benchmarks.models import Toolkit

POSITION = {
    "period": "2024/25",
    "as_at_0": "1",
    "as_at_1": "12",
    "as_at_2": "2024",
    "closes_on_0": "",
    "closes_on_1": "",
    "closes_on_2": "",
}


def upload(client: Client, toolkit: Toolkit, data: bytes, name: str = "last year.docx") -> Any:
    file = SimpleUploadedFile(name, data)
    scale = toolkit.scales.get(slug="rag").pk
    return client.post("/councils/northmere/import/", {"document": file, "scale": scale})


def upload_and_read(client: Client, toolkit: Toolkit, *args: Any) -> DocumentImport:
    """As the worker reads it."""
    response = upload(client, toolkit, *args)
    document = DocumentImport.objects.latest("pk")
    assert response.url == address(document, "import_progress")
    read_upload(document.pk)
    document.refresh_from_db()
    return document


def address(document: DocumentImport, name: str = "import_review", **more: Any) -> str:
    arguments = {"slug": "northmere", "import_id": document.pk, **more}
    return reverse(f"councils:{name}", kwargs=arguments)


def place(client: Client, document: DocumentImport, row: int, where: str, version: int = 0) -> Any:
    return client.post(
        address(document, "import_row", row=row), {"place": where, "version": version}
    )
