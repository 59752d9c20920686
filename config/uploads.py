"""Uploads over the limit are not kept, neither in memory nor on disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from diary import limits


class SizeLimit(FileUploadHandler):
    """Stands before the handlers that store: a file over the limit is read past.

    The rest of the form arrives, so that the page can say what to do.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on, until there are too many of them."""
        self.received += len(raw_data)
        if self.received > limits.FILE_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the handlers behind to answer the file."""
        return
