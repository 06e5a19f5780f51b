from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.models import HistoricalRecords

from letters.citing import days_of_session_year, paper_citation, session_year_on
from letters.models.meetings import Meeting, written_day
from letters.models.paths import path_to
from letters.models.readings import MachineRead
from letters.parsing.parsed_letter import LetterKind

#: "kst-28676-446", "kst-21501-28-275", "kst-36410-V-23", Eerste Kamer "kst-28676-B".
PAPER_NUMBER = RegexValidator(
    r"^kst-\d{3,6}(-[0-9A-Z]{1,6}){0,2}$", _("Schrijf het nummer als kst-28676-446, zonder spaties.")
)


def latest_meeting(letter: str) -> Subquery:
    """The day on which the latest meeting begins that a letter treats; ``letter`` is the path to the letter's key."""
    treated = Letter.meetings.through.objects.filter(letter=OuterRef(letter))
    return Subquery(treated.order_by(F("meeting__start").desc(nulls_last=True)).values("meeting__start")[:1])


def moment(path: str = "") -> Coalesce:
    """What lists are ordered by: the date of the letter, and of a letter without one that of its latest meeting."""
    return Coalesce(F(f"{path}date"), latest_meeting(f"{path}pk"))


class LetterQuerySet(models.QuerySet):
    def public(self):
        """Letters that are published now. Drafts and withdrawn letters never leave the admin."""
        return self.filter(status=Letter.Status.PUBLISHED)

    def newest_first(self):
        return self.order_by(moment().desc(nulls_last=True), "-first_published_at", "-pk")

    def in_turn(self):
        """The letters about a meeting in the order of events: agenda, answers to the committee, report."""
        kinds = [When(kind=kind, then=turn) for turn, kind in enumerate(Letter.Kind.values)]
        return self.order_by(Case(*kinds), "date", "pk")

    def replacing(self, letter):
        """The published letters that take the place of one: the latest first, as letters are ordered."""
        return self.public().filter(replaces=letter)

    def with_newer(self):
        """``newer_slug`` read along: whoever shows a letter in a row or a quotation says that it was replaced."""
        newer = Letter.objects.replacing(OuterRef("pk")).values("slug")
        return self.annotate(newer_slug=Subquery(newer[:1]))

    def with_context(self):
        """What every list of letters shows, in a constant number of queries."""
        from letters.models.signatories import Signatory

        # In the order of the models, within a letter: for that of the letters too, the database would look each up.
        signatories = Signatory.objects.order_by("order", "pk")
        submissions = Submission.objects.order_by("-chamber", "pk").defer("read")
        return self.with_newer().prefetch_related(
            "meetings",
            models.Prefetch("signatories", signatories),
            models.Prefetch("submissions", submissions),
        )

    def for_citing(self):
        """Letters as they stand beside a passage or a position, with what a citation of that needs."""
        from letters.models.editions import Edition

        edition = models.Prefetch("text_edition", Edition.objects.for_citing())
        return self.with_context().prefetch_related(edition).defer("read", "anchors")


class Letter(MachineRead):
    """A letter of one or more ministers to parliament. The same text to both chambers is one letter."""

    class Kind(models.TextChoices):
        ANNOTATED_AGENDA = LetterKind.ANNOTATED_AGENDA.value, _("geannoteerde agenda")
        COMMITTEE_ANSWERS = LetterKind.COMMITTEE_ANSWERS.value, _("beantwoording van de commissie")
        REPORT = LetterKind.REPORT.value, _("verslag")
        OTHER = LetterKind.OTHER.value, _("andere brief")

    class Status(models.TextChoices):
        DRAFT = "draft", _("concept")
        PUBLISHED = "published", _("gepubliceerd")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    slug = models.SlugField(_("adres"), max_length=160, unique=True, editable=False)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.OTHER)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False, db_index=True
    )
    date = models.DateField(_("datum van de brief"), null=True, blank=True)
    subject = models.CharField(_("betreft"), max_length=500, blank=True)
    language = models.CharField(
        _("taal"), max_length=2, default="nl", choices=[("nl", _("Nederlands")), ("en", _("Engels"))]
    )
    ministries = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("ministeries"),
        default=list,
        blank=True,
        help_text=_("Gescheiden door komma’s."),
    )
    department = models.CharField(_("directie"), max_length=160, blank=True)
    meetings = models.ManyToManyField(
        Meeting, verbose_name=_("bijeenkomsten"), blank=True, related_name="letters"
    )
    replaces = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("vervangt"), null=True, blank=True, related_name="replaced_by"
    )
    supplements = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("vult aan"),
        null=True,
        blank=True,
        related_name="supplemented_by",
    )
    text_edition = models.ForeignKey(
        "letters.Edition",
        models.PROTECT,
        verbose_name=_("editie die de tekst levert"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    first_published_at = models.DateTimeField(
        _("eerst gepubliceerd op"), null=True, blank=True, editable=False
    )
    anchors = ArrayField(models.CharField(max_length=12), default=list, blank=True, editable=False)

    history = HistoricalRecords(m2m_fields=[meetings])
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = [F("date").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(first_published_at__isnull=False),
                name="published_letter_has_moment_of_publication",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="letter_does_not_replace_itself"),
            models.CheckConstraint(
                condition=~Q(supplements=F("id")), name="letter_does_not_supplement_itself"
            ),
        ]
        indexes = [models.Index(fields=["status", "-date"], name="letter_status_date")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return path_to("letter", self.slug)

    def clean(self):
        if self.replaces_id and self.replaces_id == self.pk:
            raise ValidationError({"replaces": _("Een brief kan zichzelf niet vervangen.")})
        if self.supplements_id and self.supplements_id == self.pk:
            raise ValidationError({"supplements": _("Een brief kan zichzelf niet aanvullen.")})

    def get_kind_display(self) -> str:
        """As ``Position.get_stance_display``."""
        return str(self.Kind(self.kind).label) if self.kind else ""

    @property
    def title(self) -> str:
        """The letter's own subject, else its kind and date: in the language of the letter."""
        if self.subject:
            return self.subject
        with override(self.language):
            return f"{self.get_kind_display()}, {self.written_on}".capitalize()

    @property
    def written_on(self) -> str:
        return written_day(self.date) if self.date else _now("datum onbekend")

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @cached_property
    def newer_slug(self) -> str | None:
        """The slug of the published letter that takes the place of this one, or None; rows of ``with_newer`` have it."""
        return Letter.objects.replacing(self).values_list("slug", flat=True).first()

    @property
    def newer_url(self) -> str:
        """The address of the published letter that takes the place of this one; "" when none does."""
        return path_to("letter", self.newer_slug) if self.newer_slug else ""

    @property
    def paper_number(self) -> str:
        """The first paper number among the submissions, or ""; reads the prefetched rows when they are there."""
        numbers = [submission.paper_number for submission in self.submissions.all()]
        return next((number for number in numbers if number), "")

    @property
    def cited_submission(self) -> "Submission | None":
        """The submission by which the letter is cited: the first with a paper number, the Tweede Kamer before the Eerste."""
        return next((one for one in self.submissions.all() if one.paper_number), None)

    @property
    def official_url(self) -> str:
        """The cited paper's page on officielebekendmakingen.nl; "" without a paper number."""
        cited = self.cited_submission
        return cited.official_url if cited else ""

    @property
    def citation(self) -> str:
        """How a briefing cites the letter: the paper's number, or office, chamber, date and reference before it has one.

        In Dutch in every language, as the paper's number.
        """
        submissions = self.submissions.all()
        if cited := next((one for one in submissions if one.paper_number), None):
            return cited.citation
        with override(settings.LANGUAGE_CODE):
            return self._citation_without_number(submissions)

    def _citation_without_number(self, submissions) -> str:
        submission = next((one for one in submissions if one.reference), next(iter(submissions), None))
        offices = [signatory.office for signatory in self.signatories.all() if signatory.signs]
        meeting = None if self.date else next(iter(self.meetings.all()), None)
        parts = [
            _now("Brief van de %(offices)s") % {"offices": _now(" en de ").join(offices)}
            if offices
            else self.get_kind_display().capitalize(),
            submission.get_chamber_display() if submission else "",
            self.written_on if self.date else meeting.name if meeting else "",
            _now("kenmerk %(reference)s") % {"reference": submission.reference}
            if submission and submission.reference
            else "",
        ]
        return ", ".join(part for part in parts if part)

    def citation_at(self, paragraph) -> str:
        """The letter's citation with the place: "p. 3" when the page is that of the cited paper, else our "al. 12".

        Only the letter for a paragraph that has neither.
        """
        citation, edition = self.citation, self.text_edition
        if paragraph.page and edition:
            cited = self.cited_submission
            if cited and edition.is_official_pdf_of(cited.paper_number):
                return f"{citation}, p. {paragraph.page}"
        return f"{citation}, al. {paragraph.anchor}" if paragraph.anchor else citation

    def url_at(self, paragraph) -> str:
        """The address of a paragraph of this letter; without an anchor that of the letter."""
        url = self.get_absolute_url()
        return f"{url}#al-{paragraph.anchor}" if paragraph.anchor else url

    def wanted_slug(self) -> str:
        """The paper number, or ``date-kind-meeting`` until there is one."""
        if number := self.paper_number:
            return number.lower()
        meeting = next(iter(self.meetings.all()), None)
        date = self.date or (meeting.start if meeting else None)
        kinds = {
            self.Kind.ANNOTATED_AGENDA: "geannoteerde-agenda",
            self.Kind.REPORT: "verslag",
            self.Kind.COMMITTEE_ANSWERS: "beantwoording",
        }
        parts = [
            date.isoformat() if date else "datum-onbekend",
            kinds.get(self.kind, "brief"),
            "-".join([meeting.body, *meeting.levels]) if meeting else "",
        ]
        return slugify("-".join(part for part in parts if part))[:150]

    def readdress(self) -> None:
        """Take the address that fits what is known now; an address that was ever public goes on leading here. Not saved."""
        wanted = self.wanted_slug()
        others = Letter.objects.exclude(pk=self.pk)
        before = LetterRedirect.objects.exclude(letter=self)
        alike = [
            rows.order_by().filter(slug__startswith=wanted).values_list("slug", flat=True)
            for rows in (others, before)
        ]
        taken = set(alike[0].union(alike[1]))
        slug, number = wanted, 1
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        if slug != self.slug and self.first_published_at:
            LetterRedirect.objects.filter(slug=slug).delete()
            LetterRedirect.objects.get_or_create(slug=self.slug, defaults={"letter": self})
        self.slug = slug


class LetterRedirect(models.Model):
    """An address that a letter had before; it leads to the letter for ever."""

    slug = models.SlugField(_("oud adres"), max_length=160, unique=True)
    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="redirects")

    class Meta:
        verbose_name = _("oud adres van een brief")
        verbose_name_plural = _("oude adressen van brieven")

    def __str__(self):
        return self.slug


class Submission(MachineRead):
    """A letter offered to one chamber: when, and under which numbers."""

    class Chamber(models.TextChoices):
        HOUSE = "tweede-kamer", _("Tweede Kamer")
        SENATE = "eerste-kamer", _("Eerste Kamer")

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="submissions")
    chamber = models.CharField(_("kamer"), max_length=20, choices=Chamber, blank=True)
    date = models.DateField(_("datum van aanbieding"), null=True, blank=True)
    reference = models.CharField(_("onze referentie"), max_length=120, blank=True)
    paper_number = models.CharField(
        _("Kamerstuknummer"),
        max_length=40,
        blank=True,
        validators=[PAPER_NUMBER],
        help_text=_("Bijvoorbeeld kst-28676-446. Komt vaak later dan de brief."),
    )
    dossiers = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("dossiers"),
        default=list,
        blank=True,
        help_text=_("Gescheiden door komma’s."),
    )
    session_year = models.CharField(
        _("vergaderjaar"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}$", _("Schrijf het vergaderjaar als 2023-2024."))],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("aanbieding")
        verbose_name_plural = _("aanbiedingen")
        ordering = ["letter", "-chamber", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "chamber"],
                name="letter_is_submitted_once_to_a_chamber",
                violation_error_message=_("Deze brief heeft al een aanbieding aan deze Kamer."),
            ),
            models.UniqueConstraint(
                fields=["paper_number"],
                condition=~Q(paper_number=""),
                name="paper_number_is_unique",
                violation_error_message=_("Er is al een brief met dit Kamerstuknummer."),
            ),
        ]

    def __str__(self):
        return ", ".join(
            part for part in [self.get_chamber_display(), self.citation or self.reference] if part
        ) or _now("aanbieding")

    def get_chamber_display(self) -> str:
        """As ``Position.get_stance_display``."""
        return str(self.Chamber(self.chamber).label) if self.chamber else ""

    @property
    def official_url(self) -> str:
        """The paper's page on officielebekendmakingen.nl; "" without a paper number."""
        return (
            f"https://zoek.officielebekendmakingen.nl/{self.paper_number}.html" if self.paper_number else ""
        )

    @property
    def session_year_of_date(self) -> str:
        """The vergaderjaar ("2023-2024") as published, else that of the day; "" without either."""
        date = self.date or self.letter.date
        return self.session_year or (session_year_on(date) if date else "")

    @property
    def session_year_url(self) -> str:
        """The letters that were written in the same vergaderjaar; "" where it is not known."""
        if not self.session_year_of_date:
            return ""
        first, last = days_of_session_year(self.session_year_of_date)
        return f"{reverse('letters')}?briefdatum-tot={last}&briefdatum-van={first}"

    @property
    def citation(self) -> str:
        """ "Kamerstukken II 2023/24, 28676, nr. 446"; "" without a paper number."""
        in_senate = self.chamber == self.Chamber.SENATE if self.chamber else None
        return paper_citation(self.paper_number, session_year=self.session_year_of_date, in_senate=in_senate)


class Publication(models.Model):
    """The log of a letter: published and withdrawn, by whom and why."""

    class Action(models.TextChoices):
        PUBLISHED = "published", _("gepubliceerd")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="publications")
    action = models.CharField(_("handeling"), max_length=10, choices=Action)
    at = models.DateTimeField(_("op"))
    by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("door"), null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reden"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")
        ordering = ["letter", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action="withdrawn") | ~Q(reason=""), name="withdrawal_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}, {date_format(self.at, 'j F Y')}"
