"""Settle what a reading asked."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused
from letters.models import Problem


def resolve(problem: Problem, *, by: User | None, reason: str = "") -> None:
    """Say that a problem is settled. What keeps a letter from being published needs a reason, which is kept."""
    if problem.blocks_publication and not reason.strip():
        raise Refused(
            _("Schrijf op wie besloot dat deze brief openbaar mag, en waarom: “%(problem)s”")
            % {"problem": problem}
        )
    problem.resolved_at, problem.resolved_by, problem.resolution = timezone.now(), by, reason.strip()
    problem.save(update_fields=["resolved_at", "resolved_by", "resolution"])
