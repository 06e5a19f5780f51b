import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from letters.parsing import parse_letter, sandbox
from letters.parsing.readers.errors import (
    EncryptedPdf,
    NotReadable,
    ReadingCrashed,
    ReadingGaveTooMuch,
    ReadingTimedOut,
    ReadingTookTooMuchMemory,
    WrongType,
)
from letters.parsing.sandbox import DEFAULT_LIMITS, Limits, Reading, parse_in_child, run, template

LETTERS = Path(__file__).parent / "letters"

LETTER = ("brief.pdf", b"%PDF-1.7")


def test_files_and_options_arrive_and_the_answer_comes_back():
    answer = run(
        "tests.sandbox_functions:describe", [LETTER, ("bijlage é.docx", b"\x00\n\xff")], {"a": ["b"]}
    )

    assert answer == {"files": [["brief.pdf", 8], ["bijlage é.docx", 3]], "options": {"a": ["b"]}}


def test_the_child_inherits_no_environment_no_files_and_no_django(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    inherited = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(inherited, True)

    answer = run("tests.sandbox_functions:surroundings", [LETTER], {})

    os.close(inherited)
    assert answer["environment"] == ["LC_CTYPE", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONUTF8"]
    assert inherited not in answer["descriptors"]
    assert answer["django"] is False
    assert answer["session"] is True


def test_a_refusal_comes_out_as_the_same_refusal():
    with pytest.raises(EncryptedPdf) as caught:
        run("tests.sandbox_functions:refuse", [LETTER], {})

    assert str(caught.value) == EncryptedPdf.message
    assert caught.value.file_name == "brief.pdf"


@pytest.mark.parametrize("function", ["crash", "break_down"])
def test_a_crash_costs_only_the_child(function):
    with pytest.raises(ReadingCrashed) as caught:
        run(f"tests.sandbox_functions:{function}", [LETTER], {})

    assert caught.value.file_name == "brief.pdf"


def test_a_hang_is_ended_in_time():
    started = time.monotonic()

    with pytest.raises(ReadingTimedOut):
        run("tests.sandbox_functions:hang", [LETTER], {}, Limits(seconds=0.5))

    assert time.monotonic() - started < 3


def test_a_bomb_runs_into_the_limit_of_memory():
    with pytest.raises(ReadingTookTooMuchMemory):
        run("tests.sandbox_functions:eat_memory", [LETTER], {}, Limits(memory_bytes=512 * 1024**2))


def test_an_answer_that_is_too_long_is_refused():
    with pytest.raises(ReadingGaveTooMuch):
        run(
            "tests.sandbox_functions:say_too_much",
            [LETTER],
            {"length": 200_000},
            Limits(output_bytes=100_000),
        )


def test_what_a_library_prints_does_not_spoil_the_answer():
    assert run("tests.sandbox_functions:print_rubbish", [LETTER], {}) == {"said": True}


@pytest.mark.parametrize("name", ["agenda-2023-11-28.pdf", "agenda-2023-11-28.docx", "agenda-2023-11-28.txt"])
def test_a_letter_parsed_in_a_child_is_the_same_as_one_parsed_here(name):
    files = [(name, (LETTERS / name).read_bytes())]

    assert parse_in_child(files) == parse_letter(files)


def test_what_a_reader_refuses_in_the_child_is_refused_here():
    data = (LETTERS / "agenda-2023-11-28.pdf").read_bytes()

    with pytest.raises(WrongType) as caught:
        parse_in_child([("goed.pdf", data), ("fout.docx", data)])

    assert caught.value.file_name == "fout.docx"
    assert "een PDF" in str(caught.value)


def is_running(pid: int) -> bool:
    """A zombie that nobody has reaped yet has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition) -> bool:
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        os.sched_yield()
    return condition()


def may_start_processes_in_the_child() -> bool:
    return os.geteuid() == 0


@pytest.mark.skipif(not may_start_processes_in_the_child(), reason="only root is exempt from RLIMIT_NPROC")
def test_what_the_child_started_dies_with_it(tmp_path):
    tell = tmp_path / "pid"

    with pytest.raises(ReadingTimedOut):
        run("tests.sandbox_functions:sleep_with_a_child", [LETTER], {"tell": str(tell)}, Limits(seconds=2))

    assert wait_until(lambda: not is_running(int(tell.read_text())))


def test_the_child_dies_when_its_parent_is_killed():
    code = (
        "from letters.parsing.sandbox import run, Limits\n"
        "run('tests.sandbox_functions:hang', [('a', b'')], {}, Limits(seconds=60))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=sandbox.PROJECT)
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    assert wait_until(lambda: bool(children.read_text().split()))
    child = int(children.read_text().split()[0])
    assert wait_until(lambda: b"sandbox.child" in Path(f"/proc/{child}/cmdline").read_bytes())

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert wait_until(lambda: not is_running(child))


def test_the_reader_dies_when_its_parent_is_killed(tmp_path):
    tell = tmp_path / "pid"
    options = {"tell": str(tell), "permission": str(tmp_path / "never")}
    code = (
        "from letters.parsing.sandbox import run, Limits\n"
        f"run('tests.sandbox_functions:wait_for_permission', [('a', b'')], {options}, Limits(seconds=60))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=sandbox.PROJECT)
    assert wait_until(lambda: tell.exists() and bool(tell.read_text()))

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert wait_until(lambda: not is_running(int(tell.read_text())))


def test_each_letter_has_a_reader_of_its_own_forked_from_one_template():
    first = run("tests.sandbox_functions:leave_behind", [LETTER], {})
    second = run("tests.sandbox_functions:leave_behind", [("ander.pdf", b"")], {})

    assert (first["found"], second["found"]) == (["brief.pdf"], ["ander.pdf"])
    assert first["process"] != second["process"]
    assert first["template"] == second["template"]


def test_after_the_template_was_killed_another_one_is_started():
    gone = run("tests.sandbox_functions:leave_behind", [LETTER], {})["template"]

    os.kill(gone, signal.SIGKILL)

    assert run("tests.sandbox_functions:leave_behind", [LETTER], {})["template"] != gone


def test_a_letter_whose_template_is_killed_meanwhile_is_read_again(tmp_path):
    tell, permission = tmp_path / "pid", tmp_path / "permission"
    options = {"tell": str(tell), "permission": str(permission)}
    reading = Reading("tests.sandbox_functions:wait_for_permission", [LETTER], options, DEFAULT_LIMITS)
    assert wait_until(lambda: tell.exists() and bool(tell.read_text()))
    first = int(tell.read_text())

    os.kill(template.current().process.pid, signal.SIGKILL)
    permission.touch()

    assert reading.answer() == {"permitted": True}
    assert int(tell.read_text()) != first
    assert not is_running(first)


def test_a_file_that_kills_the_template_costs_only_itself():
    with pytest.raises(ReadingCrashed):
        run("tests.sandbox_functions:kill_the_template", [LETTER], {})

    assert run("tests.sandbox_functions:describe", [LETTER], {})["files"] == [["brief.pdf", 8]]


def test_threads_read_at_once_and_each_gets_its_own_answer():
    names = [f"{number}.pdf" for number in range(24)]

    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda name: run("tests.sandbox_functions:describe", [(name, b"")], {}), names)

    assert [answer["files"] for answer in answers] == [[[name, 0]] for name in names]


def test_a_reading_that_is_closed_is_ended(tmp_path):
    tell = tmp_path / "pid"
    options = {"tell": str(tell), "permission": str(tmp_path / "never")}
    reading = Reading("tests.sandbox_functions:wait_for_permission", [LETTER], options, DEFAULT_LIMITS)
    assert wait_until(lambda: tell.exists() and bool(tell.read_text()))

    reading.close()

    assert wait_until(lambda: not is_running(int(tell.read_text())))


def test_no_process_and_no_descriptor_is_left_behind():
    process = template.current().process.pid
    children = Path(f"/proc/{process}/task/{process}/children")
    before = sorted(os.listdir("/proc/self/fd"))

    for way in ["describe", "crash", "hang", "refuse"]:
        with contextlib.suppress(NotReadable):
            run(f"tests.sandbox_functions:{way}", [LETTER], {}, Limits(seconds=0.3))

    # Beside the standard three a template has the socket of its owner, and its owner.
    assert wait_until(lambda: len(os.listdir(f"/proc/{process}/fd")) == 5)
    assert children.read_text() == ""
    assert sorted(os.listdir("/proc/self/fd")) == before


def test_a_process_that_was_forked_starts_a_template_of_its_own():
    ours = run("tests.sandbox_functions:leave_behind", [LETTER], {})["template"]
    read, write = os.pipe()

    child = os.fork()
    if child == 0:
        theirs = run("tests.sandbox_functions:leave_behind", [LETTER], {})["template"]
        os.write(write, str(theirs).encode())
        os._exit(0)
    os.waitpid(child, 0)
    theirs = int(os.read(read, 20))

    assert theirs != ours
    assert wait_until(lambda: not is_running(theirs))
    assert run("tests.sandbox_functions:leave_behind", [LETTER], {})["template"] == ours
    os.close(read)
    os.close(write)
