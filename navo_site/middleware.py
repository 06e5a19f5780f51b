"""What holds for every request and response, and for which Django has no setting."""

from django.conf import settings
from django.shortcuts import render

# A page of text needs none of these; an empty list denies the feature to this site and to anything it embeds.
DENIED_FEATURES = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]

#: On every response, also where Django's own middleware could not get to: it sets most of these itself.
HEADERS = {
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


def headers(get_response):
    """Add the headers that tell a browser what it may not do with a response."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def refuse_large_bodies(get_response):
    """Refuse what is too large by what it says of its own length, before any of it is read or kept.

    Files come from staff only: others send a form at most. Who asks is looked up only for what is larger than that.
    """

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        fits = length.isdecimal() and int(length) <= settings.MAX_REQUEST_BYTES
        if fits and (int(length) <= settings.MAX_FORM_BYTES or request.user.is_staff):
            return get_response(request)
        limits = {
            "stranger": fits,
            "file_mb": settings.MAX_UPLOAD_MB,
            "request_mb": settings.MAX_REQUEST_BYTES // (1024 * 1024),
        }
        return render(request, "413.html", limits, status=413)

    return middleware
