"""The rest of script/_venv: plain Python of the system, without packages.

A copy of each installed file of requirements is put in .venv last. Without those copies the environment is half-made,
and is made anew: what a killed pip left behind cannot be told from what it finished. A lock keeps two starts apart;
the programs started here inherit it, so that it also holds when only this process is killed.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ENVIRONMENT = Path(".venv")
PYTHON = ENVIRONMENT / "bin/python"
LOCK = ENVIRONMENT / "lock"

# `-r requirements.txt`, `--requirement=requirements.txt`
INCLUDED = re.compile(r"^\s*(?:-r|--requirement)[\s=]*(\S+)", re.MULTILINE)
# `  Downloading lxml-6.1.3-cp311-cp311-manylinux_2_26_x86_64.whl (5.2 MB)`
DOWNLOADING = re.compile(r"Downloading (?:\S*/)?([^\s/-]+-[^\s/-]+)-\S+ (\(.+\))")
UNPACKING = "Installing collected packages"
# `WARNING: Retrying (Retry(total=1, …)) after connection broken by 'NewConnectionError(…)'`
RETRYING = re.compile(r"Retrying \(")
# What venv and pip say when something is wrong, and what to say instead; the first that is found counts.
REASONS = [
    (
        re.compile(r"No space left on device|Disk quota exceeded"),
        "De schijf is vol. Een eerste start heeft 400 MB nodig in {here}, en zolang het installeren duurt 100 MB in {temporary}.",
    ),
    (
        re.compile(r"Permission denied|Read-only file system"),
        "Dit account mag niet schrijven in {here}/.venv of {temporary}. Start met het account waarvan die map is.",
    ),
    (
        re.compile(r"No module named '?(?:venv|ensurepip)"),
        "Aan deze Python ({python}) ontbreekt venv. Installeer het (Debian, Ubuntu: apt install python3-venv).",
    ),
    (
        re.compile(
            r"Retrying \(|ConnectionError|ReadTimeoutError|IncompleteRead|ProtocolError|ProxyError|SSLError|HTTP error [45]"
        ),
        "Pakketten zijn niet op te halen. Is er netwerk, en moet pip een proxy weten (HTTPS_PROXY)? Start dan opnieuw.",
    ),
    (
        re.compile(r"No matching distribution found for (?P<package>\S+)"),
        "Pakket {package} is er niet voor Python {python} op deze computer, of de pakketserver is niet te bereiken "
        "(netwerk, proxy). Herstel dat, of probeer een andere Python vanaf 3.11.",
    ),
]


def main(wanted: str) -> None:
    """Return when .venv holds what the file names; otherwise end with one sentence that says why not."""
    files = with_included(Path(wanted))
    if is_installed(files):
        return
    try:
        ENVIRONMENT.mkdir(exist_ok=True)
        lock = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Een andere start werkt .venv bij; even wachten …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_installed(files):
            install(files, lock)
    except OSError as error:
        sys.exit(sentence_for(str(error)))


def with_included(wanted: Path) -> list[Path]:
    """Return a file of requirements, and after it each file that it includes."""
    files = [wanted]
    for file in files:
        files += [Path(name) for name in INCLUDED.findall(file.read_text()) if Path(name) not in files]
    return files


def is_installed(files: list[Path]) -> bool:
    """Tell whether the environment runs, and was finished with these files as they are now."""
    pairs = [(file, copies() / file.name) for file in files]
    return all(copy.exists() and copy.read_bytes() == file.read_bytes() for file, copy in pairs)


def copies() -> Path:
    """Return the folder with copies of the files that were installed.

    Its name has the version of Python: when the system gets a newer one, that sees nothing of what was installed.
    """
    asked = [PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        version = "none"
    return ENVIRONMENT / f"installed-{version}"


def install(files: list[Path], lock: int) -> None:
    """Install what the files name, in an environment made anew unless a whole one is there."""
    if not copies().exists():
        say("Python-omgeving maken (.venv) …")
        for old in ENVIRONMENT.iterdir():
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            elif old != LOCK:
                old.unlink()
        run(sys._base_executable, "-m", "venv", "--without-pip", ENVIRONMENT, lock=lock)
        run(PYTHON, "-m", "ensurepip", "--default-pip", lock=lock)
    shutil.rmtree(copies(), ignore_errors=True)
    say(f"Pakketten installeren uit {files[0]} …")
    options = ["--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    run(PYTHON, "-m", "pip", "install", *options, "--requirement", files[0], lock=lock)
    copies().mkdir()
    for file in files:
        shutil.copyfile(file, copies() / file.name)


def run(*command: str | Path, lock: int) -> None:
    """Run a program and show how far it is; when it fails, end with one sentence."""
    environment = {"PIP_RETRIES": "2", **os.environ}
    said = ""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=[lock],
    ) as program:
        for line in program.stdout:
            if downloading := DOWNLOADING.search(line):
                say("  " + " ".join(downloading.groups()))
            if line.startswith(UNPACKING):
                say("  uitpakken …")
            if RETRYING.search(line) and not RETRYING.search(said):
                say("  De pakketserver antwoordt niet; opnieuw proberen, dat kan een minuut duren …")
            said += line
    if program.returncode:
        sys.exit(sentence_for(said))


def sentence_for(said: str) -> str:
    """Return what is wrong and what to do, in one sentence, as last line."""
    known = {"here": Path.cwd(), "temporary": tempfile.gettempdir(), "python": sys.version.split()[0]}
    for pattern, sentence in REASONS:
        if found := pattern.search(said):
            return sentence.format(**known, **found.groupdict())
    *before, last = said.strip().splitlines() or [""]
    return "\n".join(
        [*before, f"De Python-omgeving (.venv) kon niet worden gemaakt. Het laatste wat gezegd werd: {last}"]
    )


def say(line: str) -> None:
    """Show progress at once, also in a file or a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
