"""Files that people send: none is written to a disk before its size is known to be right."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

FORM = 64 * 1024  # what stands around the file in the request


class WithinTheLimit(FileUploadHandler):
    """Refuses a request that is larger than a file may be, before it is read."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803  (Django's own name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > settings.UPLOAD_MAX_BYTES + FORM:
            raise RequestDataTooBig("The file that was sent is larger than is taken.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
