import datetime
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.models.paths import path_to
from letters.models.readings import MachineRead
from letters.models.topics import Topic


class Level(models.TextChoices):
    """Who meets. The values stand in addresses."""

    FOREIGN_AFFAIRS = "buitenlandse-zaken", _("ministers van Buitenlandse Zaken")
    DEFENCE = "defensie", _("ministers van Defensie")
    LEADERS = "regeringsleiders", _("staatshoofden en regeringsleiders")


#: For values as they are stored: what stands there may be of before.
LEVEL_NAMES = {level.value: level.label for level in Level}
LEVEL_ABBREVIATIONS = {
    Level.FOREIGN_AFFAIRS.value: _("BZ"),
    Level.DEFENCE.value: _("Def."),
    Level.LEADERS.value: _("leiders"),
}


#: Bodies with another name in other languages; of all others the name is what letters call them.
BODIES = {"NAVO": _("NAVO")}


def body_name(body: str) -> str:
    """Who met, in the language of the page: "NAVO", "EU"."""
    return str(BODIES.get(body, body))


def written_day(day: datetime.date) -> str:
    """ "9 juli 2024". As ``date_format(day, "j F Y")``, which takes ten times as long; a page has dozens."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def short_month(month: int) -> str:
    """ "nov", in English "Nov": with a capital where the whole name has one."""
    short = str(MONTHS_3[month])
    return short.capitalize() if str(MONTHS[month])[0].isupper() else short


def short_day(day: datetime.date) -> str:
    """ "9 jul 2024"."""
    return f"{day.day} {short_month(day.month)} {day.year}"


def format_period(start, end) -> str:
    """Write a period, the month after the day: "28–29 november 2023", "30 november – 1 december 2021", "9 juli 2024"."""
    if start is None:
        return _now("datum onbekend")
    if end is None or end == start:
        return written_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{written_day(end)}"
    first = f"{start.day} {MONTHS[start.month]}" if start.year == end.year else written_day(start)
    return f"{first} – {written_day(end)}"


class MeetingQuerySet(models.QuerySet):
    def public(self):
        """Meetings that a published letter treats, or that a clerk announced."""
        from letters.models.letters import Letter

        treated = Letter.objects.public().filter(meetings=models.OuterRef("pk"))
        return self.filter(Q(is_announced=True) | models.Exists(treated))

    def newest_first(self):
        return self.order_by(F("start").desc(nulls_last=True), "slug")

    def lacking(self, kind: str):
        """Meetings that began, and were not called off, of which no letter of this kind is held, not even as a draft."""
        from letters.models.letters import Letter

        held = Letter.objects.exclude(status=Letter.Status.WITHDRAWN)
        letters = held.filter(meetings=models.OuterRef("pk"), kind=kind)
        began = Q(start__lte=localdate()) | Q(start=None)
        return self.filter(began, ~models.Exists(letters), status=Meeting.Status.AS_DATED)

    def with_last_change(self):
        """Annotate ``changed_at``: when somebody last changed it, or None."""
        changes = Meeting.history.model.objects.filter(id=models.OuterRef("pk")).order_by("-history_date")
        return self.annotate(changed_at=models.Subquery(changes.values("history_date")[:1]))

    def before(self, meeting: "Meeting") -> "Meeting | None":
        """Of these the last one of the same body before a meeting; None for a meeting without a date."""
        earlier = Q(start__lt=meeting.start) | Q(start=meeting.start, slug__lt=meeting.slug)
        return self._beside(meeting, earlier, "-start", "-slug")

    def after(self, meeting: "Meeting") -> "Meeting | None":
        """Of these the first one of the same body after a meeting; None for a meeting without a date."""
        later = Q(start__gt=meeting.start) | Q(start=meeting.start, slug__gt=meeting.slug)
        return self._beside(meeting, later, "start", "slug")

    def _beside(self, meeting: "Meeting", place: Q, *order: str) -> "Meeting | None":
        if meeting.start is None:
            return None
        return self.filter(place, body=meeting.body).order_by(*order).first()


class Meeting(models.Model):
    """A meeting of NATO or of another body that letters treat. Its address stays when its date moves."""

    class Format(models.TextChoices):
        REGULAR = "", _("gewone bijeenkomst")
        SUMMIT = "top", _("top")
        INFORMAL = "informeel", _("informeel")
        EXTRAORDINARY = "ingelast", _("ingelast")
        NUC = "nuc", _("NAVO-Oekraïne Raad")
        NPG = "npg", _("Nucleaire Planningsgroep")
        OTHER = "anders", _("anders")

    class Status(models.TextChoices):
        AS_DATED = "", _("gepland of gehouden, naar de datum")
        POSTPONED = "uitgesteld", _("uitgesteld")
        CANCELLED = "afgelast", _("afgelast")

    slug = models.SlugField(_("adres"), max_length=120, unique=True, editable=False)
    body = models.CharField(_("organisatie"), max_length=40, default="NAVO", help_text=_("NAVO, EU, UDCG, …"))
    format = models.CharField(_("vorm"), max_length=20, choices=Format, blank=True)
    levels = ArrayField(
        models.CharField(max_length=30, choices=Level), verbose_name=_("niveau"), default=list, blank=True
    )
    start = models.DateField(_("begin"), null=True, blank=True)
    end = models.DateField(_("einde"), null=True, blank=True)
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    is_announced = models.BooleanField(
        _("aangekondigd"),
        default=False,
        help_text=_("Toon deze bijeenkomst ook zolang er nog geen brief over is gepubliceerd."),
    )

    history = HistoricalRecords()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = [F("start").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("Een bijeenkomst kan niet eindigen voor zij begint."),
            ),
        ]
        indexes = [models.Index(fields=["start"], name="meeting_start")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return path_to("meeting", self.slug)

    @property
    def period(self) -> str:
        return format_period(self.start, self.end)

    @property
    def notice(self) -> str:
        """What a visitor must know beside the date: "gepland", "uitgesteld", "afgelast", or "" once it was held."""
        if self.status:
            return self.get_status_display()
        return _now("gepland") if self.is_ahead else ""

    @property
    def is_ahead(self) -> bool:
        """Whether its last day is today or later."""
        return self.start is not None and (self.end or self.start) >= localdate()

    @property
    def body_name(self) -> str:
        return body_name(self.body)

    @property
    def title(self) -> str:
        """What the meeting is called without its date: "NAVO-ministers van Buitenlandse Zaken"."""
        people = _now(" en ").join(str(LEVEL_NAMES[level]) for level in self.levels if level in LEVEL_NAMES)
        body = self.body_name
        if self.format == self.Format.SUMMIT:
            return _now("%(body)s-top") % {"body": body}
        if self.format == self.Format.NUC:
            people = (
                _now("NAVO-Oekraïne Raad, %(people)s") % {"people": people}
                if people
                else _now("NAVO-Oekraïne Raad")
            )
            return people
        if self.format == self.Format.NPG:
            return _now("Nucleaire Planningsgroep")
        name = _now("%(body)s-%(people)s") % {"body": body, "people": people} if people else body
        if self.format == self.Format.INFORMAL:
            return _now("%(name)s, informeel") % {"name": name}
        if self.format == self.Format.EXTRAORDINARY:
            return _now("%(name)s, ingelast") % {"name": name}
        return name

    @property
    def short_title(self) -> str:
        """The title in as few letters as a calendar has room for: "BZ", "EU Def.", "top"."""
        formats = {self.Format.SUMMIT: _now("top"), self.Format.NUC: "NUC", self.Format.NPG: "NPG"}
        people = formats.get(self.format) or " ".join(
            str(LEVEL_ABBREVIATIONS[level]) for level in self.levels if level in LEVEL_ABBREVIATIONS
        )
        return people if people and self.body == "NAVO" else f"{self.body_name} {people}".strip()

    @property
    def days(self) -> str:
        """The days without month and year, for a calendar: "23–24"."""
        if self.start is None:
            return ""
        return str(self.start.day) if self.end in {None, self.start} else f"{self.start.day}–{self.end.day}"

    @property
    def name(self) -> str:
        return f"{self.title}, {self.period}"

    def _free_slug(self) -> str:
        """``2023-11-28-navo-buitenlandse-zaken``, numbered when that is taken."""
        date = self.start.isoformat() if self.start else "datum-onbekend"
        wanted = slugify("-".join([date, self.body, self.format, *self.levels]))[:110]
        slug, number = wanted, 1
        while Meeting.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug


class Session(MachineRead):
    """A numbered or named part of a meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("bijeenkomst"), related_name="sessions"
    )
    number = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("titel"), max_length=300, blank=True)
    date = models.DateField(_("datum"), null=True, blank=True)
    attendance = models.CharField(
        _("ook aanwezig"), max_length=300, blank=True, help_text=_("Wie er naast de bondgenoten aan deelnam.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="session_number_is_unique_in_meeting",
                violation_error_message=_("Deze bijeenkomst heeft al een sessie met dit nummer."),
            ),
        ]

    def __str__(self):
        name = _now("Sessie %(number)s") % {"number": self.number}
        return f"{name}: {self.title}" if self.title else name

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#sessie-{self.number}"


class AgendaTopicQuerySet(models.QuerySet):
    def public(self):
        """Agenda topics that a section of a published letter treats."""
        from letters.models.text import Section

        treated = Section.objects.public().filter(agenda_topics=models.OuterRef("pk"))
        return self.filter(models.Exists(treated))

    def without_passage(self, kind: str):
        """Agenda topics that other letters treat, on which nothing was found in the public letters of this kind.

        Not those of which somebody established that, nor what the agenda hedges.
        """
        from letters.models.absences import Absence
        from letters.models.letters import Letter
        from letters.models.text import Section

        letters = Letter.objects.public().filter(meetings=models.OuterRef("meeting"), kind=kind)
        passages = Section.objects.of_standing_letters().filter(agenda_topics=models.OuterRef("pk"))
        absent = Absence.objects.holding().filter(agenda_topic=models.OuterRef("pk"), kind=kind)
        # Each of these in a call of its own: within an "or" the database asks them anew for every row.
        found = (
            self.filter(models.Exists(letters), models.Exists(passages))
            .exclude(models.Exists(passages.filter(letter__kind=kind)))
            .exclude(models.Exists(absent))
        )
        if kind == Letter.Kind.REPORT:
            found = found.exclude(models.Exists(passages.filter(is_hedged=True)))
        return found


class AgendaTopic(MachineRead):
    """One subject of one meeting. Agenda and report meet here: that lays intention beside outcome."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("bijeenkomst"), related_name="agenda_topics"
    )
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        verbose_name=_("sessie"),
        null=True,
        blank=True,
        related_name="agenda_topics",
    )
    heading = models.CharField(_("kop"), max_length=300)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    topics = models.ManyToManyField(
        Topic, verbose_name=_("onderwerpen"), blank=True, related_name="agenda_topics"
    )

    history = HistoricalRecords(m2m_fields=[topics])
    objects = AgendaTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        ordering = ["meeting", "order", "id"]

    def __str__(self):
        return self.heading

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#agendapunt-{self.pk}"

    def clean(self):
        from django.core.exceptions import ValidationError

        if self.session_id and self.session.meeting_id != self.meeting_id:
            raise ValidationError({"session": _("Deze sessie hoort bij een andere bijeenkomst.")})


def hide_what_drafts_say(sessions: Iterable[Session], agenda_topics: Iterable[AgendaTopic] = ()) -> None:
    """Take off title, date and heading that these rows still have from a letter that is not public, or is here no more.

    Public letters share them. Nothing is written.
    """
    from letters.models.letters import Letter

    named = [(one, ("title", "date")) for one in sessions] + [(one, ("heading",)) for one in agenda_topics]
    letters = {one.read.get("letter") for one, _fields in named} - {None}
    hidden = letters - set(Letter.objects.public().filter(pk__in=letters).values_list("pk", flat=True))
    for one, fields in named:
        if one.read.get("letter") not in hidden:
            continue
        for field in fields:
            value = getattr(one, field)
            if value and str(value) == one.read.get(field):
                setattr(one, field, None if field == "date" else "")
