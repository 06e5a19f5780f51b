"""A site without a server: a data folder, and commands that run on it in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from navo_site.embedded_postgres.cluster import Cluster

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class Site:
    def __init__(self, data_dir: Path):
        self.data_dir = data_dir
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "navo_site.settings",
        }
        self.run("migrate", "--verbosity=0")
        self.run("load_topics")

    def start(self, *command: str) -> subprocess.Popen:
        """Start a command of the site; what it says is for who reads its output."""
        return subprocess.Popen(
            [sys.executable, "-u", "manage.py", *command],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def run(self, *command: str) -> None:
        process = self.start(*command)
        process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")

    def ask(self, function: str, *arguments: str) -> Any:
        """Call a function of ``tests.bench.inside`` in a process that uses this site's database."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.inside", function, *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def remove(self) -> None:
        shutil.rmtree(Cluster(self.data_dir).home, ignore_errors=True)
        shutil.rmtree(self.data_dir, ignore_errors=True)
