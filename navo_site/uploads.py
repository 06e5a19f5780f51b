"""Where a large file is while it is received."""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessFileUploadHandler(FileUploadHandler):
    """Receives into files that have no name: they are gone with the process that received them, however it ends."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        settings.UPLOADS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = tempfile.TemporaryFile(dir=settings.UPLOADS_DIR)  # noqa: SIM115 - closed by who uses it

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self):
        self.file.close()
