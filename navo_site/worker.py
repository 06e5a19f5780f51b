"""The worker process of gunicorn: threads, and an answer of our own to what cannot be read as a request."""

import gc
import http
import selectors
import socket
import time
from datetime import timedelta
from functools import partial

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from navo_site.middleware import HEADERS
from navo_site.request_log import Refusal, new_request_id

SOME = 64 * 1024  # bytes

STATUS = {errors.LimitRequestLine: 414, errors.LimitRequestHeaders: 431}
WORDS = {
    400: "De site begrijpt dit verzoek niet.",
    414: "Dit adres is te lang. Zoek op minder woorden, of kies minder filters.",
    431: "Uw browser stuurt te veel gegevens mee. Verwijder de cookies van deze site en probeer het opnieuw.",
    500: "Er ging iets mis. Probeer het over een paar minuten opnieuw.",
}
PAGE = '<!doctype html>\n<html lang="nl"><meta charset="utf-8"><title>{words}</title><p>{words}</p></html>\n'


class SiteWorker(ThreadWorker):
    """Threads: a worker that sends a long export still tells that it lives; one that does not is ended after `timeout`."""

    def run(self):
        """Look at the code that was loaded no more for rubbish: that took up to 100 ms of some requests."""
        gc.freeze()
        super().run()

    def handle_request(self, req, conn):
        """Have a request with a body be the last of its connection: what the site left of it would be read on here."""
        if {"CONTENT-LENGTH", "TRANSFER-ENCODING"} & {name for name, _value in req.headers}:
            req.force_close()
        return super().handle_request(req, conn)

    def finish_request(self, conn, answered):
        """End a connection in the poller: gunicorn itself waits up to two seconds for its client, and meanwhile no
        other request of this worker is begun.
        """
        failed = answered.cancelled() or answered.exception()
        if failed or answered.result() or not self.alive:
            super().finish_request(conn, answered)
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.throw_away, conn))
        except (OSError, ValueError):  # the client is gone, or the connection was closed before
            super().finish_request(conn, answered)
            return
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)

    def throw_away(self, conn, client):
        """Read what is still being sent: a connection that is closed before that takes our answer along."""
        try:
            more = client.recv(SOME)
        except OSError:
            more = b""
        if not more:
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self.nr_conns -= 1
            conn.close()

    def handle_error(self, req, client, addr, exc):
        """Answer and log what never reached Django. gunicorn itself would answer in English and log the address."""
        status = status_of(exc)
        request_id = new_request_id()
        if status >= 500:
            self.log.exception("Error outside of Django")
        page = PAGE.format(words=WORDS[status]).encode()
        try:
            client.sendall(head(status, len(page), request_id) + page)
        except OSError:
            self.log.debug("The client was gone before its answer")
        self.log.access(Refusal(status, len(page)), req, {}, timedelta())


def status_of(exc: Exception) -> int:
    """The status for an error that gunicorn met: what a client sent wrong is 4xx, the rest 500."""
    of_ours = errors.InvalidResponseHeader | errors.InvalidResponseHeaderName
    if not isinstance(exc, errors.ParseException) or isinstance(exc, of_ours):
        return 500
    return STATUS.get(type(exc), 400)


def head(status: int, length: int, request_id: str) -> bytes:
    """Status and headers: those that every other response has from Django."""
    headers = HEADERS | {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(length),
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Request-ID": request_id,
    }
    lines = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
