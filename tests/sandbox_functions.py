"""What a child of the sandbox is asked to do in test_sandbox.py: each misbehaves in its own way, and none is mocked."""

import os
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
