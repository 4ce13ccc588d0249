"""Zip files without the clock: the same parts are the same file."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold


class UndatedZip(ZipFile):
    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = ZipInfo(name, NO_DATE)
        entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as part:
            self.writestr(str(arcname), part.read())


def undated(data: bytes) -> bytes:
    """The same zip file with the same parts in the same order, as if never written at any time."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as dated, UndatedZip(stream, "w", ZIP_DEFLATED) as archive:
        for name in dated.namelist():
            archive.writestr(name, dated.read(name))
    return stream.getvalue()
