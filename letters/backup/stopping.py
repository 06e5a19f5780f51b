import signal
import sys


def stop_in_order() -> None:
    """Let Ctrl-C, a stopped service and a closed terminal end the program with one word, after it cleaned up."""
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, lambda *_: sys.exit("Gestopt."))
