"""Requests a second: a page that is sent, one that its visitor has already, and a bare greeting in the same gunicorn."""

import re
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.serving import free_port, running, serving
from tests.bench.site import Site

#: "letter" is the first one of the list.
ADDRESSES = {
    "start": "/",
    "search": "/zoeken/?onderwerp=oekraine",
    "letters": "/brieven/",
    "feed": "/zoeken/feed/",
    "API": "/api/v1/brieven",
}
LETTER = re.compile(rb'href="(/brieven/[\w-]+/)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ETAG = re.compile(rb'\r\netag: *((?:W/)?"[^"]*")', re.IGNORECASE)
PIECE = 64 * 1024  # bytes
WARM = 20  # requests before measuring


def bench_caching(seconds: float, connections: int) -> int:
    """Print the table: for each address so many seconds, over so many connections that stay open."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        site = Site(Path(scratch) / "site")
        try:
            site.run("load_samples")
            _pages(site, seconds, connections)
            _greeting(site, seconds, connections)
        finally:
            site.remove()
    return 0


def _pages(site: Site, seconds: float, connections: int) -> None:
    _say(f"{'requests a second':<20}{'200':>8}{'304':>8}{'bytes':>10}")
    with serving(site) as (port, _process):
        letter = LETTER.search(_ask(port, ADDRESSES["letters"])[1].replace(b"/brieven/feed/", b""))
        for name, address in [*ADDRESSES.items(), ("letter", letter[1].decode())]:
            head, body = _ask(port, address)
            if (etag := ETAG.search(head)) is None or not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"{address}: {head.decode()}")
            sent = rate(port, address, seconds, connections, expected=b"200")
            kept = rate(port, address, seconds, connections, etag=etag[1], expected=b"304")
            _say(f"{name:<20}{sent:>8.0f}{kept:>8.0f}{len(body):>10}")


def _greeting(site: Site, seconds: float, connections: int) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.hello"]
    with running(command, port, site.environment | {"PORT": str(port)}):
        _say(f"{'hello':<20}{rate(port, '/', seconds, connections, expected=b'200'):>8.0f}")


def rate(
    port: int, address: str, seconds: float, connections: int, *, expected: bytes, etag: bytes = b""
) -> float:
    """Requests a second. This process asks and shares the processors with the servers: both columns carry its cost."""
    request = _request(address, etag)
    counts, until = [0] * connections, [0.0]
    ready = threading.Barrier(connections, action=lambda: until.__setitem__(0, time.perf_counter() + seconds))

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for _time in range(WARM):
                _answer(connection, request)
            ready.wait()
            while time.perf_counter() < until[0]:
                head, _body = _answer(connection, request)
                if head[9:12] != expected:
                    raise SystemExit(f"{address}: {head.decode()}")
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def _request(address: str, etag: bytes) -> bytes:
    condition = b"If-None-Match: " + etag + b"\r\n" if etag else b""
    return f"GET {address} HTTP/1.1\r\nHost: localhost\r\n".encode() + condition + b"\r\n"


def _ask(port: int, address: str) -> tuple[bytes, bytes]:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return _answer(connection, _request(address, b""))


def _answer(connection: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """Send a request, and give head and body of its answer."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(PIECE) or _closed()
    head, _end, body = received.partition(b"\r\n\r\n")
    length = int(found[1]) if (found := LENGTH.search(head)) else 0
    while len(body) < length:
        body += connection.recv(PIECE) or _closed()
    return head, body


def _closed() -> bytes:
    raise SystemExit("The server closed a connection that was to stay open")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
