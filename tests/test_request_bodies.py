"""What visitors send along with a request: how much of it is taken, by whom, and who has to wait for it."""

import json
import os
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.production import HOST, ProductionSite
from tests.proxy import HOST as PROXY_HOST
from tests.proxy import NEEDS_CADDY, caddy, caddyfile

SLOW_SENDERS = 24  # far more than there are threads
LOGIN = "/beheer/login/"
# What a browser sends with a form; without any of these it is refused before its body is read.
OF_A_FORM = f"""\
POST {LOGIN} HTTP/1.1
Host: {PROXY_HOST}
Origin: https://{PROXY_HOST}
X-Forwarded-Proto: https
Cookie: __Host-csrftoken={"a" * 32}
Content-Type: application/x-www-form-urlencoded
"""


@pytest.fixture
def production(transactional_db, collected_static, tmp_path):
    site = ProductionSite(tmp_path, ALLOWED_HOSTS=f"{HOST},{PROXY_HOST}")
    yield site
    site.stop()


@contextmanager
def slow_senders(connect, length: str):
    """Begin to send forms and never get on with it; each sender is a connection that is kept open."""
    head = f"{OF_A_FORM}{length}\n\n".replace("\n", "\r\n").encode()
    with ExitStack() as stack:
        senders = [stack.enter_context(connect()) for _sender in range(SLOW_SENDERS)]
        for sender in senders:
            sender.sendall(head + b"2328\r\n" + b"a" * 9000)  # as a chunk: 0x2328 bytes
        yield senders


# Half a megabyte, and a body that does not say how long it will be
@pytest.mark.parametrize("length", ["Content-Length: 500000", "Transfer-Encoding: chunked"])
def test_visitors_who_never_finish_what_is_refused_keep_nobody_waiting(production, length):
    def connect():
        return socket.create_connection(("127.0.0.1", production.port), timeout=20)

    with slow_senders(connect, length) as senders:
        told = [sender.recv(100).split()[1] for sender in senders]
        page = production.get("/")

    assert told == [b"413" if "Length" in length else b"403"] * SLOW_SENDERS
    assert page.status == 200


@NEEDS_CADDY
@pytest.mark.parametrize("length", ["Content-Length: 60000", "Content-Length: 500000"])
def test_behind_the_proxy_visitors_who_never_finish_a_form_keep_nobody_waiting(production, tmp_path, length):
    with caddy([f"http://127.0.0.1:{production.port}"], tmp_path) as proxy:

        def connect():
            connection = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
            return proxy.trust.wrap_socket(connection, server_hostname=PROXY_HOST)

        with slow_senders(connect, length):
            page = proxy.visitor().get(f"{proxy.address}/")

    assert page.status == 200


def test_a_connection_is_not_used_again_after_what_was_sent_along_with_a_request(production):
    answer = production.ask("POST", LOGIN, b"username=a", Connection="keep-alive")

    assert (answer.status, answer.headers["Connection"]) == (403, "close")


@NEEDS_CADDY
def test_the_proxy_refuses_nothing_that_the_site_allows(tmp_path):
    (tmp_path / "Caddyfile").write_text(caddyfile(["127.0.0.1:8000"]))
    adapted = subprocess.run(
        ["caddy", "adapt", "--config", tmp_path / "Caddyfile"],
        env=os.environ | {"SITE_NAME": PROXY_HOST, "MAX_UPLOAD_MB": str(site_settings.MAX_UPLOAD_MB)},
        capture_output=True,
        check=True,
    )

    [limit] = values_of("max_size", json.loads(adapted.stdout))

    assert 0 < limit - site_settings.MAX_REQUEST_BYTES <= 1024 * 1024


def values_of(key: str, tree) -> list:
    """Every value under a key, wherever it stands."""
    if isinstance(tree, list):
        return [value for part in tree for value in values_of(key, part)]
    if not isinstance(tree, dict):
        return []
    deeper = values_of(key, list(tree.values()))
    return [tree[key], *deeper] if key in tree else deeper


@NEEDS_CADDY
def test_the_health_check_of_the_proxy_has_an_address_on_which_it_answers(production, tmp_path):
    with caddy([f"http://127.0.0.1:{production.port}"], tmp_path) as proxy:
        answer = proxy.visitor().get(proxy.health)

    assert answer.status == 200


def test_only_staff_may_send_more_than_a_form(client, admin_client, django_user_model, db):
    sent = {"data": b"a" * (site_settings.MAX_FORM_BYTES + 1), "content_type": "text/plain"}
    reader = django_user_model.objects.create_user("lezer")

    of_stranger = client.post("/beheer/", **sent)
    client.force_login(reader)
    of_reader = client.post("/beheer/", **sent)
    of_staff = admin_client.post("/beheer/", **sent)

    assert (of_stranger.status_code, of_reader.status_code, of_staff.status_code) == (413, 413, 200)
    assert "Alleen wie is ingelogd kan bestanden versturen" in of_stranger.content.decode()


def test_who_asks_is_not_looked_up_for_a_form(client, db, django_assert_num_queries):
    client.cookies["sessionid"] = "a" * 32

    with django_assert_num_queries(0):
        refused = client.put("/bestaat-niet/", "a" * 1000, content_type="text/plain")

    assert refused.status_code == 404


def test_a_large_file_is_received_without_a_name_in_a_private_folder_of_the_site(rf, settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "data" / "uploads"
    sent = bytes(range(256)) * 12_000

    request = rf.post("/", {"files": SimpleUploadedFile("brief.pdf", sent)})
    received = request.FILES["files"]
    place = os.readlink(f"/proc/self/fd/{received.fileno()}")

    assert received.read() == sent
    assert Path(place).is_relative_to(settings.UPLOADS_DIR)
    assert list(settings.UPLOADS_DIR.iterdir()) == []
    assert settings.UPLOADS_DIR.stat().st_mode & 0o777 == 0o700
