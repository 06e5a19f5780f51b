"""A site with something of everything in it, for tests of backup and restore."""

import datetime

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from letters import decisions
from letters.models import Letter, Position
from tests.factories import make_agenda_topic, make_meeting, make_note, make_original

PDF, XML = bytes(range(256)) * 500, b"<Kamerstuk/>"

# Its body has lines that look like those around rows in a dump, and none of them may be taken for that.
TRIGGER = r"""
CREATE FUNCTION remember_note() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
/*
SET transaction_timeout = 0;
COPY public.letters_note (id) FROM stdin;
\.
*/
  RETURN NULL;
END
$body$;
CREATE TRIGGER note_changed AFTER UPDATE ON letters_note EXECUTE FUNCTION remember_note();
"""


def fill() -> None:
    """Put in topics, letters, decisions, history, notes, originals, an account, and someone who is logged in."""
    call_command("load_topics", verbosity=0)
    call_command("load_samples", verbosity=0)
    clerk = get_user_model().objects.create_superuser("beheer", password="geheim-genoeg-voor-een-proef")
    report, agenda = Letter.objects.order_by("date")
    decisions.decide(agenda.positions.all()[:3], Position.Status.CHECKED, by=clerk)
    decisions.withdraw(report, by=clerk, reason="Verkeerde “versie”,\tmet\nregels en een \\ erin.")
    agenda.department = "Directie Veiligheidsbeleid"
    agenda.save()
    make_note(letter=agenda, text="Tweede regel:\n\\.\nen verder.")
    make_note(agenda_topic=make_agenda_topic(make_meeting("2031-01-02")), is_public=False)
    make_original(agenda, PDF, name="brief.pdf")
    make_original(report, PDF, name="dezelfde brief.pdf")
    make_original(report, XML, name="kst-28676-446.xml")
    expires = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    Session.objects.create(session_key="k" * 32, session_data="koekje", expire_date=expires)
    AccessAttempt.objects.create(username="beheer", ip_address="192.0.2.1", failures_since_start=3)
    connection.cursor().execute(TRIGGER)
