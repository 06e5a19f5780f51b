"""What a child of the sandbox is asked to do in test_sandbox.py: each misbehaves in its own way, and none is mocked."""

import os
import signal
import subprocess
import sys

from letters.parsing.readers.errors import EncryptedPdf


def describe(files, options):
    return {"files": [(name, len(data)) for name, data in files], "options": options}


def surroundings(files, options):
    return {
        "environment": sorted(os.environ),
        "descriptors": sorted(int(number) for number in os.listdir("/proc/self/fd")),
        "django": "django" in sys.modules,
        "session": os.getsid(0) == os.getpid(),
    }


def refuse(files, options):
    raise EncryptedPdf(file_name=files[0][0])


def crash(files, options):
    os.abort()


def break_down(files, options):
    raise KeyError("a mistake of ours")


def hang(files, options):
    while True:
        pass


def sleep_with_a_child(files, options):
    """Start something that would outlive us, tell its number, and hang."""
    below = subprocess.Popen(["/bin/sleep", "600"])
    with open(options["tell"], "w") as file:
        file.write(str(below.pid))
    below.wait()


def eat_memory(files, options):
    return {"length": len(bytearray(8 * 1024**3))}


def say_too_much(files, options):
    return {"text": "x" * options["length"]}


def print_rubbish(files, options):
    os.write(1, b"rubbish")
    return {"said": True}


#: What a file could leave behind for the next one, if readers were used again.
LEFT_BEHIND = []


def leave_behind(files, options):
    LEFT_BEHIND.append(files[0][0])
    return {"found": LEFT_BEHIND, "process": os.getpid(), "template": os.getppid()}


def kill_the_template(files, options):
    """Do what a reader that an attacker took over could try."""
    os.kill(os.getppid(), signal.SIGKILL)
    hang(files, options)


def wait_for_permission(files, options):
    """Tell our number, and answer when a file is there."""
    with open(options["tell"], "w") as file:
        file.write(str(os.getpid()))
    while not os.path.exists(options["permission"]):
        os.sched_yield()
    return {"permitted": True}
