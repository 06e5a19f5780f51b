"""Guessing passwords is slowed down (django-axes): what counts as a try, for whom, and what is kept of it.

Counted are failures of one name from one address, and of one address with any name. A stranger elsewhere can lock out
nobody. A try is kept as name, address, number and time. Fifteen minutes after the last one it no longer counts, and the
next login of anyone, the next start of the site or `delete_expired` throws it away.
"""

import ipaddress
import logging
import re
from datetime import datetime
from functools import cache
from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

#: An office shares one address: as a whole it may fail this many times as often as one of its names.
NAMES_PER_ADDRESS = 10

#: Whoever has one address of IPv6 may have this whole network of them: the largest that one customer is given (RFC 6177).
IPV6_NETWORK = 48

#: "203.0.113.9:52144", "[2001:db8::1]:443", "[2001:db8::1]"; without brackets an address of IPv6 has no port
WITH_PORT = re.compile(r"(?:\[(?P<ipv6>[^]]+)\]|(?P<ipv4>[0-9.]+))(?::[0-9]+)?")

#: Where a proxy says nothing that can be read as an address, all visitors count as one.
UNKNOWN = "::"

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str:
    """The address that failures count for: as seen by the proxy if there is one.

    A proxy appends what it saw to X-Forwarded-For; what stands before its entry was sent by the visitor.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS_PROXY:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2].strip()
    address = counted_address(seen)
    if address is None:
        _say_unreadable()
        return UNKNOWN
    return address


def counted_address(text: str) -> str | None:
    """An address, with a port or not, as failures are kept under it: of IPv6 the network. None when it is none."""
    if found := WITH_PORT.fullmatch(text):
        text = found["ipv6"] or found["ipv4"]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False).network_address)


@cache
def _say_unreadable() -> None:
    """Once in a process: it is about the proxy, and stays so."""
    logger.warning(
        "No address of a visitor can be read from what the proxy sends: failed logins of all count as those of one"
    )


class LoginThrottle(AxesDatabaseHandler):
    """The counts of axes in the database, with no more about a person than counting needs."""

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Count one failure, unless the request was refused already: waiting as long as the page says is enough."""
        if request is None or request.axes_locked_out:
            return
        self.clean_expired_user_attempts(request)
        who = {
            "username": get_client_username(request, credentials),
            "ip_address": request.axes_ip_address,
            "user_agent": "",
        }
        AccessAttempt.objects.get_or_create(**who, defaults={"failures_since_start": 0})
        AccessAttempt.objects.filter(**who).update(
            failures_since_start=F("failures_since_start") + 1, attempt_time=now()
        )
        if self.is_locked(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials

    def counts(self, request, credentials=None) -> list[tuple[int, datetime | None]]:
        """For the name here and for the address: the failures that count, and when the last one was."""
        weights = [1, NAMES_PER_ADDRESS]
        found = [
            attempts.aggregate(total=Sum("failures_since_start", default=0), last=Max("attempt_time"))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        return [(row["total"] // weight, row["last"]) for row, weight in zip(found, weights, strict=True)]

    def get_failures(self, request, credentials=None) -> int:
        return max(number for number, _last in self.counts(request, credentials))

    def locked_until(self, request, credentials) -> datetime:
        """When the last failure that counts is forgotten."""
        locking = [
            last
            for number, last in self.counts(request, credentials)
            if number >= settings.AXES_FAILURE_LIMIT
        ]
        return max(locking) + settings.AXES_COOLOFF_TIME if locking else now()

    def reset_user_attempts(self, request, credentials=None) -> int:
        """Forget the failures of who logged in; those with other names from the same address stay."""
        of_name, _of_address = self.filter_user_attempts(request, credentials)
        return of_name.delete()[0]


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict) -> HttpResponse:
    """The page that says how long to wait."""
    seconds = ceil((LoginThrottle().locked_until(request, credentials) - now()).total_seconds())
    context = {"minutes": max(1, ceil(seconds / 60))}
    refused = render(request, "429.html", context, status=429)
    refused.headers["Retry-After"] = str(max(1, seconds))
    refused.headers["Cache-Control"] = "no-store"
    return refused
