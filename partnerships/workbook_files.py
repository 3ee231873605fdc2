"""What every workbook that the portal writes has in common, beside what stands in it."""

import io
import zipfile
from datetime import UTC, datetime

LANGUAGE = b"en-GB"
NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)  # the first that the format of the file can say
LIKE_A_FORMULA = ("=", "+", "-", "@")


def in_its_language(raw: bytes) -> bytes:
    """The workbook with its language, which the library that writes it cannot set."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as made, zipfile.ZipFile(out, "w") as said:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                part = part.replace(end, b"<dc:language>%s</dc:language>%s" % (LANGUAGE, end))
            said.writestr(entry, part, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
