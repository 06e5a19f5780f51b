"""The site as it runs in production, started for a test on the database of the tests."""

import http.client
import json
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.db import connection

from tests.conftest import address_of_test_database

HOST = "brieven.example.nl"
SECRET_KEY = "Zq8v3kP0yTn5sWb2dHf7gJx9cLr4mAe6uVi1oQpZtYkNwSbDhF"
THROUGH_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def length(self) -> int:
        return len(self.body)

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it sets: name and value, without their attributes."""
        set_cookies = self.headers.get_all("Set-Cookie", [])
        return dict(one.split(";")[0].split("=", 1) for one in set_cookies)


@contextmanager
def losing_the_database():
    """Break off all connections with the database of the tests, and refuse new ones, until the end of the block."""
    parameters = connection.get_connection_params()
    where = {key: parameters[key] for key in ["host", "port", "user", "password"] if parameters.get(key)}
    database = psycopg.sql.Identifier(parameters["dbname"])
    connection.close()
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as elsewhere:
        try:
            elsewhere.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(database))
            elsewhere.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [parameters["dbname"]],
            )
            yield
        finally:
            elsewhere.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(database))


class ProductionSite:
    """`manage.py serve` with PRODUCTION=1, as a proxy that ends TLS sees it."""

    def __init__(self, tmp_path, **environment: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env={
                "PRODUCTION": "1",
                "BEHIND_TLS_PROXY": "1",
                "SECRET_KEY": SECRET_KEY,
                "ALLOWED_HOSTS": HOST,
                "TAG_AUTHORITY": HOST,
                "DATABASE_URL": address_of_test_database(),
                "DATA_DIR": str(tmp_path / "data"),
                "STATIC_ROOT": str(settings.STATIC_ROOT),
                "PORT": str(self.port),
                "WEB_WORKERS": "1",
            }
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self.process.stderr:
            if f"http://127.0.0.1:{self.port}/" in json.loads(line)["message"].split():
                return
        raise AssertionError(f"The site did not start; exit status {self.process.wait()}")

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request over a connection of its own, with the headers of the proxy unless others are given."""
        proxy = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            proxy.request(method, path, body, THROUGH_PROXY | headers)
            response = proxy.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            proxy.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def log_in(self, name: str, password: str, **headers: str) -> Answer:
        """Fill in and send the form of the admin, as a browser does."""
        cookies = self.get("/beheer/login/").cookies
        form = {"username": name, "password": password, "csrfmiddlewaretoken": cookies["__Host-csrftoken"]}
        sent = {
            "Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()),
            "Referer": f"https://{HOST}/beheer/login/",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", "/beheer/login/", urlencode(form).encode(), **sent | headers)

    def next_line(self) -> dict:
        """Wait for the next line about a request."""
        return json.loads(self.process.stdout.readline())

    def stop(self) -> tuple[list[dict], list[dict]]:
        """End it; return the lines about requests that nobody read yet, and those about errors."""
        self.process.terminate()
        requests, errors = self.process.communicate(timeout=30)
        return _lines(requests), [line for line in _lines(errors) if line["level"] != "info"]


def _lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]
