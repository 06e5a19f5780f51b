"""Someone with a browser's cookies but without a browser: asks a running site over HTTP."""

from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from urllib.request import BaseHandler, HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

TIMEOUT = 60  # seconds


class EveryAnswer(HTTPErrorProcessor):
    """Takes an answer as it is: no redirect is followed, no status is an error."""

    def http_response(self, request, response):
        return response

    https_response = http_response


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Visitor:
    """Keeps cookies; those of one port are those of all, as in a browser."""

    def __init__(self, *handlers: BaseHandler):
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies), EveryAnswer, *handlers)

    def cookie(self, name: str) -> str:
        return next((cookie.value for cookie in self.cookies if cookie.name == name), "")

    def get(self, address: str, headers: dict | None = None) -> Answer:
        return self._ask(Request(address, headers=headers or {}))  # noqa: S310 - an address of a test

    def post(self, address: str, fields: dict) -> Answer:
        """Send a form; values may be open files."""
        data = encode_multipart(BOUNDARY, fields | {"csrfmiddlewaretoken": self.cookie("csrftoken")})
        return self._ask(Request(address, data, {"Content-Type": MULTIPART_CONTENT}))  # noqa: S310

    def _ask(self, request: Request) -> Answer:
        with self._opener.open(request, timeout=TIMEOUT) as response:
            return Answer(response.status, response.headers, response.read())

    def log_in(self, site: str, name: str, password: str) -> Answer:
        self.get(f"{site}/beheer/login/")
        return self.post(f"{site}/beheer/login/?next=/beheer/", {"username": name, "password": password})
