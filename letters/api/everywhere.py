"""What every answer under /api/ has, whichever part of the site gave it."""

from django.http import HttpRequest, HttpResponse

from letters.api import VERSION, problems

METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "API-Version": VERSION,
    # What is here is public and the same for everyone: any page of any site may read it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag, Location, Retry-After, X-Request-ID",
}
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def is_api(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def answer_as_api(get_response):
    """Middleware, outside whatever may refuse or fail: errors become problems, and other sites may read the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not is_api(request):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
            problems.as_problem(response)
        for name, value in (HEADERS | (PREFLIGHT_HEADERS if request.method == "OPTIONS" else {})).items():
            response.headers[name] = value
        return response

    return middleware
