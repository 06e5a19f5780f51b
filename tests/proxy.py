"""The proxy that production uses, with the project's Caddyfile, on loopback."""

import os
import re
import shutil
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import HTTPSHandler

import pytest
from django.conf import settings

from tests.swift import free_ports
from tests.visitor import Visitor
from tests.waiting import wait_until

HOST = "localhost"  # a name for which Caddy makes its own certificate, asking nobody
NEEDS_CADDY = pytest.mark.skipif(
    not shutil.which("caddy"), reason="No proxy: install Caddy (Debian: apt install caddy)"
)

# "dynamic a {$WEB_HOST:web} {$WEB_PORT:8000} { refresh 5s }", the one part that needs a name server
WEB_SERVERS = re.compile(r"dynamic a [^\n]* \{\n[^}]*\}")
# "request_buffers 64KiB", as it was said before Caddy 2.7
BUFFERS = re.compile(r"request_buffers (\w+)")
OLD_BUFFERS = r"buffer_requests\nmax_buffer_size \1"


@dataclass(frozen=True, slots=True)
class Proxy:
    port: int
    health: str
    authority: Path

    @property
    def address(self) -> str:
        return f"https://{HOST}:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)

    def visitor(self) -> Visitor:
        return Visitor(HTTPSHandler(context=self.trust))

    def answers(self) -> bool:
        """Whether it has its certificate, and a web server behind it."""
        try:
            return self.visitor().get(f"{self.address}/gezondheid/").status == 200
        except OSError:
            return False


@contextmanager
def caddy(sites: list[str], folder: Path):
    """Run the proxy before these sites; each answer tells in its header Upstream which of them gave it."""
    http, https, health = free_ports(3)
    (folder / "Caddyfile").write_text(caddyfile([site.removeprefix("http://") for site in sites]))
    environment = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "SITE_NAME": HOST,
        "HEALTH_PORT": str(health),
        "CADDY_GLOBAL_OPTIONS": f"http_port {http}\nhttps_port {https}\ndefault_bind 127.0.0.1",
    }
    authority = folder / ".local/share/caddy/pki/authorities/local/root.crt"
    proxy = Proxy(https, f"http://127.0.0.1:{health}/", authority)
    process = subprocess.Popen(
        ["caddy", "run", "--config", folder / "Caddyfile"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(proxy.answers)
        yield proxy
    finally:
        process.terminate()
        process.wait(10)


def caddyfile(web_servers: list[str]) -> str:
    """The project's Caddyfile, with web servers named by address, and in words that the installed Caddy knows."""
    text = Path(settings.BASE_DIR, "Caddyfile").read_text()
    named = f"to {' '.join(web_servers)}\nheader_down Upstream {{http.reverse_proxy.upstream.hostport}}"
    text, replaced = WEB_SERVERS.subn(named, text)
    assert replaced == 1
    version = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    # "2.6.2", "v2.11.4 h1:…"
    major, minor = re.match(r"v?(\d+)\.(\d+)", version).groups()
    return text if (int(major), int(minor)) >= (2, 7) else BUFFERS.sub(OLD_BUFFERS, text)
