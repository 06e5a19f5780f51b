"""Originals for download: public ones for everyone, the others for staff who may see files."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from letters import originals
from letters.models import File

#: Whatever the bytes are, a browser may not run them on this site.
SANDBOX = "sandbox; default-src 'none'"


@require_safe
def original(request, pk: int):
    """The bytes as they came in, as an attachment."""
    file = File.objects.public().filter(pk=pk).first()
    is_public = file is not None
    if not is_public:
        for_staff = File.objects.all() if request.user.has_perm("letters.view_file") else File.objects.none()
        file = get_object_or_404(for_staff, pk=pk)
    try:
        content = file.open()
    except FileNotFoundError as missing:
        raise Http404(_("Dit bestand is niet meer op de server.")) from missing
    except OSError as error:
        raise originals.Unavailable(str(error)) from error
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    if not is_public:
        response["Cache-Control"] = "private, no-store"
    return response
