"""S3-compatible storage whose every failure is an ``OSError``, as that of a disk is.

Needs requirements-production.txt. The options are those of django-storages:
https://django-storages.readthedocs.io/en/stable/backends/amazon-S3.html
"""

from contextlib import contextmanager
from functools import cached_property

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends import s3

MEGABYTE = 1024 * 1024

CLIENT = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
    signature_version="s3v4",
    s3={"addressing_style": "path"},  # a bucket as part of the host name needs DNS and a certificate for it
    # Compatible servers may not know Amazon's newer checksums; `letters.originals` compares what it reads by SHA-256.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
# To ask how storage is doing, once and shortly: whoever asks waits, and may be anyone.
SHORT = CLIENT.merge(Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1}))
# In one request and in the thread that asks: whole or not at all, and nothing half-sent left behind.
TRANSFER = TransferConfig(use_threads=False, multipart_threshold=5 * 1024 * MEGABYTE)


class S3Storage(s3.S3Storage):
    """Objects of one bucket, private as the bucket is."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "client_config": CLIENT,
            "transfer_config": TRANSFER,
            "max_memory_size": MEGABYTE,  # a larger object waits on disk while it is sent on
        }

    def check_reachable(self) -> None:
        """Raise ``OSError`` unless the bucket answers at once. Writes nothing."""
        with failures_as_oserror():
            self._asking.head_bucket(Bucket=self.bucket_name)

    @cached_property
    def _asking(self):
        return self._create_session().client(
            "s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=SHORT
        )

    def _save(self, name, content):
        with failures_as_oserror():
            return super()._save(name, content)

    def _open(self, name, mode="rb"):
        """Fetch the object now, so that a failure shows before the first bytes of an answer were sent."""
        with failures_as_oserror():
            return super()._open(name, mode).open()


@contextmanager
def failures_as_oserror():
    """Raise what boto3 and its parts raise as ``OSError``, with their reason."""
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
