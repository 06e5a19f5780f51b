"""Asking a server and taking the time: over a connection that stays open, until the last byte was read."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from statistics import median, quantiles

SECONDS_TO_ANSWER = 120


@dataclass(frozen=True, slots=True)
class Answer:
    path: str
    status: int
    milliseconds: float
    first_byte: float  # milliseconds
    size: int
    etag: str


class Client:
    """One visitor, as a browser asks: compressed when the server can."""

    def __init__(self, port: int):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask, once more over a new connection when the server had closed this one meanwhile."""
        try:
            return self._get(path, headers)
        except (ConnectionError, HTTPException):
            self.connection.close()
            return self._get(path, headers)

    def _get(self, path: str, headers: dict[str, str]) -> Answer:
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        response = self.connection.getresponse()
        size = len(response.read(1))
        first = time.perf_counter()
        size += len(response.read())
        ended = time.perf_counter()
        return Answer(
            path=path,
            status=response.status,
            milliseconds=1000 * (ended - began),
            first_byte=1000 * (first - began),
            size=size,
            etag=response.headers.get("ETag", ""),
        )


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of many requests."""

    all: tuple[float, ...]

    @property
    def p50(self) -> float:
        return median(self.all)

    @property
    def p95(self) -> float:
        return quantiles(self.all, n=20, method="inclusive")[-1] if len(self.all) > 1 else self.all[0]

    def __str__(self):
        return f"{self.p50:>7.0f} {self.p95:>7.0f}"


class WrongAnswer(Exception):
    """Something else than the page that was asked for."""


def measure(client: Client, paths: Sequence[str]) -> Times:
    """The times of all these paths, one after another; anything but 200 is an error."""
    taken = []
    for path in paths:
        answer = client.get(path)
        if answer.status != 200:
            raise WrongAnswer(f"{answer.status} for {path}")
        taken.append(answer.milliseconds)
    return Times(tuple(taken))


def requests_a_second(port: int, paths: Sequence[str], clients: int, seconds: float) -> float:
    """How many are answered a second when so many visitors ask at once, each the next of ``paths``."""
    turns, deadline = count(), time.monotonic() + seconds

    def visit(_number: int) -> int:
        client, answered = Client(port), 0
        while time.monotonic() < deadline:
            path = paths[next(turns) % len(paths)]
            if (answer := client.get(path)).status != 200:
                raise WrongAnswer(f"{answer.status} for {path}")
            answered += 1
        return answered

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        answered = sum(pool.map(visit, range(clients)))
    return answered / (time.monotonic() - began)
