"""Word and Excel files with something put into them that no program would write."""

import io
import zipfile


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one of its parts replaced, or put in."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.infolist():
            if each.filename != name:
                target.writestr(each, source.read(each))
        target.writestr(name, content)
    return stream.getvalue()


def zipped(*names: str) -> bytes:
    """An archive with parts of these names, and nothing in them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in names:
            target.writestr(name, b"x")
    return stream.getvalue()
