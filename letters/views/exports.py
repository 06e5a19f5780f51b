"""A list as a file: ``&format=csv`` and so on."""

import threading
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from letters import exports
from letters.exports.comparison_file import ComparisonExport

#: Of the threads of a process, those that may be writing files at a time: pages need the others.
SLOTS = max(1, settings.WEB_THREADS // 2)
RETRY_AFTER = 60  # seconds

_slots = threading.BoundedSemaphore(SLOTS)


class ExportMixin:
    """A list that answers with a file when its address asks for a ``format``. Comes after ``PageMixin``, which reads that."""

    def get(self, request, *args, **kwargs):
        if not self.asked["format"]:
            return super().get(request, *args, **kwargs)
        kind = exports.FORMATS[self.asked["format"].value]
        site = request.build_absolute_uri("/").rstrip("/")
        return as_file(request, exports.Export(self.query, site, timezone.now()), kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(downloads=self.downloads(), **kwargs)

    def downloads(self) -> list[dict]:
        """Context for ``pieces/_downloads.html``: each kind of file, with its limit where this view is above that."""
        count = self.query.counts.items
        return [
            {
                "name": kind.name,
                "purpose": kind.purpose,
                "limit": kind.limit,
                "fits": kind.limit is None or count <= kind.limit,
                "url": self.address.setting(format=key).url,
            }
            for key, kind in exports.FORMATS.items()
        ]


class ComparisonExportMixin:
    """The same for a comparison of which both sides were chosen."""

    def get(self, request, *args, **kwargs):
        if not (self.asked["format"] and self.query.is_complete):
            return super().get(request, *args, **kwargs)
        site = request.build_absolute_uri("/").rstrip("/")
        return as_file(request, ComparisonExport(self.query, site, timezone.now()), exports.COMPARISON)


def as_file(request, export: exports.Export, kind: exports.Format) -> HttpResponse:
    """The view as a download, or a page that says why not."""
    headers = {
        "Content-Disposition": f'attachment; filename="{export.file_name}.{kind.extension}"',
        "X-Robots-Tag": "noindex",
    }
    if request.method == "HEAD":
        try:
            kind.check(export)
        except exports.Refused as refusal:
            return _refused(request, export, refusal)
        # Streamed, as the file is: nobody knows its length, and nothing may say 0.
        return StreamingHttpResponse((), content_type=kind.media_type, headers=headers)
    if not _slots.acquire(blocking=False):
        response = render(request, "letters/exports_busy.html", status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    parts = _holding_slot(exports.write(export, kind))
    try:
        first = next(parts, b"")  # no letters, no references
    except exports.Refused as refusal:
        return _refused(request, export, refusal)
    return StreamingHttpResponse(_Resumed(first, parts), content_type=kind.media_type, headers=headers)


def _holding_slot(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Give the slot back when all was sent, when something fails, and when who asked is gone."""
    try:
        yield from parts
    finally:
        _slots.release()


class _Resumed:
    """What is sent: a first part that is there already, so that what fails before it is a page, and then the others."""

    def __init__(self, first: bytes, others: Iterator[bytes]):
        self._first, self._others = first, others

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        yield from self._others

    def close(self) -> None:
        """End the transaction and give the slot back, however far it was sent."""
        self._others.close()


def _refused(request, export: exports.Export, refusal: exports.Refused) -> HttpResponse:
    if isinstance(export, ComparisonExport):
        context = {"message": str(refusal), "list_url": export.query.address.url}
        return render(request, "letters/exports_refused.html", context, status=400)
    address = export.filtered.address
    context = {
        "message": str(refusal),
        "list_url": address.url,
        "others": [
            {"name": kind.name, "url": address.setting(format=key).url}
            for key, kind in exports.FORMATS.items()
            if kind.limit is None
        ],
    }
    return render(request, "letters/exports_refused.html", context, status=400)
