"""An S3-compatible server for tests: OpenStack Swift, as providers of storage run it, on one disk.

https://docs.openstack.org/swift/latest/middleware.html#module-swift.common.middleware.s3api.s3api
"""

import getpass
import http.client
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import boto3

BIN = Path(sys.executable).parent
ACCESS_KEY_ID, SECRET_ACCESS_KEY = "test:tester", "testing"
SERVERS = ["account", "container", "object", "proxy"]
START_TIMEOUT = 30  # seconds

HASHES = "[swift-hash]\nswift_hash_path_suffix = tests\n"
COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
workers = 0
log_level = ERROR
"""
STORAGE = """
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
PROXY = """
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:{name}-server]
use = egg:swift#{name}
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
"""
MAKE_RINGS = """
import sys
from swift.common.ring import RingBuilder

for place in sys.argv[2:]:
    name, port = place.split(":")
    ring = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    ring.add_dev({"region": 1, "zone": 1, "weight": 1, "ip": "127.0.0.1", "port": int(port), "device": "disk"})
    ring.rebalance()
    ring.get_ring().save(f"{sys.argv[1]}/{name}.ring.gz")
"""


@contextmanager
def serve(folder: Path):
    """Run the four servers that make one Swift, and give the address of its S3 interface."""
    ports = free_ports(len(SERVERS))
    (folder / "devices" / "disk").mkdir(parents=True)
    (folder / "swift.conf").write_text(HASHES)
    processes = []
    try:
        for name, port in zip(SERVERS, ports, strict=True):
            lines = (COMMON + (PROXY if name == "proxy" else STORAGE)).format(
                port=port, user=getpass.getuser(), folder=folder, name=name
            )
            (folder / f"{name}.conf").write_text(lines)
        make_rings(folder, ports)
        for name in SERVERS:
            command = [sys.executable, BIN / f"swift-{name}-server", folder / f"{name}.conf"]
            with (folder / f"{name}.log").open("wb") as log:
                processes.append(subprocess.Popen(command, stdout=log, stderr=log))
        for port in ports:
            wait_for(port, folder)
        yield f"http://127.0.0.1:{ports[-1]}"
    finally:
        for process in processes:
            process.kill()
            process.wait()


def make_bucket(address: str, name: str) -> str:
    """Make a bucket, and return its name."""
    account = {"aws_access_key_id": ACCESS_KEY_ID, "aws_secret_access_key": SECRET_ACCESS_KEY}
    boto3.client("s3", endpoint_url=address, region_name="us-east-1", **account).create_bucket(Bucket=name)
    return name


def make_rings(folder: Path, ports: list[int]) -> None:
    """Say where data of each kind lies: all of it on one disk."""
    places = [f"{name}:{port}" for name, port in zip(SERVERS, ports, strict=True) if name != "proxy"]
    subprocess.run([sys.executable, "-c", MAKE_RINGS, folder, *places], check=True, capture_output=True)


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(port: int, folder: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return
        except OSError:
            if time.monotonic() > deadline:
                logs = "\n".join(log.read_text() for log in folder.glob("*.log"))
                raise AssertionError(f"Swift did not start:\n{logs}") from None
            time.sleep(0.1)
        finally:
            connection.close()
