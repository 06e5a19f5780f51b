"""A site on data of its own: its server in a terminal, and processes that import letters beside it."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from navo_site.embedded_postgres.cluster import Cluster
from tests.kill_test.letters import LetterFile
from tests.kill_test.processes import below_us, close

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CONTROL_C = b"\x03"
READY = "De site staat op"
# `3/8 aangemaakt: /tmp/letters/0003-agenda.txt: /brieven/2031-02-03-geannoteerde-agenda-navo-defensie/`
ACKNOWLEDGED = re.compile(
    r"^\d+/\d+ (?:aangemaakt|bijgewerkt|ongewijzigd): (?P<path>.+): (?P<address>/\S+)\n", re.MULTILINE
)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Site:
    """One data folder, one port, and what runs on them."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        self.data_dir = folder / "data"
        self.port = free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
        }
        self.server: Terminal | None = None
        self.importers: list[Importer] = []

    @property
    def started(self) -> set[int]:
        """The processes that Python itself waits for."""
        server = [self.server.process] if self.server else []
        return {process.pid for process in [*server, *(importer.process for importer in self.importers)]}

    def start_server(self, *, prepare: bool) -> None:
        command = [sys.executable, "manage.py", "serve", *(["--prepare"] if prepare else [])]
        self.server = Terminal(command, self.environment)

    def state(self) -> str:
        """Give what a person looks at when it does not answer."""
        log = self.data_dir / "postgresql" / "postgresql.log"
        processes = below_us(self.started)
        close(processes)
        return f"{[(process.kind, process.number) for process in processes]} {self.server.text[-3000:]} {log.read_text()}"

    def stop(self) -> None:
        """Stop the server as a supervisor does, and wait until its database has stopped too."""
        self.server.send(signal.SIGTERM)
        self.server.process.wait()
        with (self.data_dir / "postgresql" / "server.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Throw all its files away."""
        if self.data_dir.exists():
            shutil.rmtree(Cluster(self.data_dir).home, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_importer(self, files: list[LetterFile]) -> None:
        self.importers.append(Importer(files, self.folder, self.environment))

    def answers(self, address: str = "/brieven/") -> bool:
        """Whether a page is there now."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=10) as response:
                return response.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def seconds_until_answer(self, patience: float) -> float | None:
        """Wait for a page; None when the server ended, or took too long."""
        began = time.monotonic()
        while time.monotonic() - began < patience and self.server.runs:
            if self.server.ready and self.answers():
                return time.monotonic() - began
            time.sleep(0.05)
        return None

    def collect_acknowledged(self) -> dict[str, str]:
        """Give the SHA-256 of each file that importers said to be kept, with the address; and forget those importers."""
        acknowledged = {}
        for importer in self.importers:
            importer.process.wait()
            acknowledged |= importer.acknowledged()
        self.importers = []
        return acknowledged


class Importer:
    """`manage.py import_letters` on some files; what it says goes to a file, where it stays when it is killed."""

    def __init__(self, files: list[LetterFile], folder: Path, environment: dict[str, str]):
        self.files = files
        self.sha256 = {str(file.path): file.sha256 for file in files}
        self.said = folder / f"import-{len(list(folder.glob('import-*.log'))):04}.log"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "import_letters", "--publish", *self.sha256],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def acknowledged(self) -> dict[str, str]:
        """Give SHA-256 and address of the files that it said to be kept."""
        found = ACKNOWLEDGED.finditer(self.said.read_text(errors="replace"))
        return {self.sha256[line["path"]]: line["address"] for line in found}


class Terminal:
    """A program in a terminal of its own, that may be closed."""

    def __init__(self, command: list[str], environment: dict[str, str]):
        ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.text = ""
        self.began, self.ready = time.monotonic(), None  # moments
        self._orders, self._give_order = os.pipe()
        self._reading = threading.Thread(target=self._read, args=[ours], daemon=True)
        self._reading.start()

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def type(self, keys: bytes) -> None:
        if self._give_order is not None:
            os.write(self._give_order, keys)

    def close(self) -> None:
        """Close the window: the kernel hangs up on what runs in it."""
        if self._give_order is not None:
            os.close(self._give_order)
            self._give_order = None
        self._reading.join()

    def send(self, how: signal.Signals) -> None:
        self.process.send_signal(how)

    def _read(self, ours: int) -> None:
        """Take what the program writes, and pass on what is typed, until the window is closed."""
        watched = [ours, self._orders]
        while True:
            ready, _, _ = select.select(watched, [], [])
            if self._orders in ready:
                keys = os.read(self._orders, 100)
                if not keys:
                    break
                os.write(ours, keys)
            if ours in ready:
                try:
                    self.text += os.read(ours, 65536).decode(errors="replace")
                except OSError:  # the last program in it ended
                    watched.remove(ours)
                if self.ready is None and READY in self.text:
                    self.ready = time.monotonic()
        os.close(ours)
        os.close(self._orders)
