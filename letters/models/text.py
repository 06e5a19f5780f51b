import re

from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.languages import Words
from letters.models.letters import Letter
from letters.models.meetings import AgendaTopic, Session
from letters.models.readings import MachineRead
from letters.models.topics import Topic
from letters.parsing.parsed_letter import CitationKind, SectionKind

#: A document of the Tweede Kamer: "2024D41170".
DOCUMENT_NUMBER = re.compile(r"\d{4}D\d{5}")

LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]


def search_vector(column: str) -> Case:
    """The generated column's expression: each language with its own constant configuration (an immutable CASE)."""
    return Case(
        When(language="en", then=SearchVector(column, config="english")),
        default=SearchVector(column, config="dutch"),
        output_field=SearchVectorField(),
    )


def with_meetings(path: str) -> models.Prefetch:
    """The agenda topics of sections, each with its meeting, in one query; ``path`` leads to them."""
    topics = AgendaTopic.objects.select_related("meeting").only("meeting").order_by()
    return models.Prefetch(path, topics)


class SectionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(letter__in=Letter.objects.public())

    def of_standing_letters(self):
        """Those of drafts and published letters: what a withdrawn letter said counts no longer."""
        return self.exclude(letter__status=Letter.Status.WITHDRAWN)


class Section(MachineRead):
    """A part of a letter under one heading."""

    class Kind(models.TextChoices):
        INTRODUCTION = SectionKind.INTRODUCTION.value, _("inleiding")
        SESSION = SectionKind.SESSION.value, _("sessie")
        AGENDA_TOPIC = SectionKind.AGENDA_TOPIC.value, _("agendapunt")
        DECISION = SectionKind.DECISION.value, _("besluit dat meereist")
        ANNEX = SectionKind.ANNEX.value, _("bijlage")
        CLOSING = SectionKind.CLOSING.value, _("slot")

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="sections")
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    heading = models.CharField(_("kop"), max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(_("kopniveau"), default=1)
    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("valt onder"), null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.AGENDA_TOPIC)
    language = models.CharField(_("taal"), max_length=2, choices=LANGUAGES, default="nl")
    is_hedged = models.BooleanField(
        _("onder voorbehoud"),
        default=False,
        help_text=_(
            "De agenda zegt zelf dat dit misschien of naar verwachting aan de orde komt. Dan wordt nooit “niet genoemd in "
            "het verslag” getoond."
        ),
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name=_("sessie"), null=True, blank=True, related_name="sections"
    )
    agenda_topics = models.ManyToManyField(
        AgendaTopic, verbose_name=_("agendapunten"), blank=True, related_name="sections"
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("onderwerpen"), blank=True, related_name="sections")

    history = HistoricalRecords(m2m_fields=[topics, agenda_topics])
    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderdeel")
        verbose_name_plural = _("onderdelen")
        ordering = ["letter", "order", "id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.url_in(self.letter)

    def url_in(self, letter: Letter) -> str:
        """Its address, for whoever has its letter at hand."""
        return f"{letter.get_absolute_url()}#onderdeel-{self.pk}"

    def clean(self):
        """Meetings are checked in the form: only there is known what a person changed."""
        if self.parent_id is None:
            return
        if self.parent.letter_id != self.letter_id:
            raise ValidationError({"parent": _("Dit onderdeel hoort bij een andere brief.")})
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("Een onderdeel kan niet onder zichzelf vallen.")})
            seen.add(above.pk)
            above = above.parent

    @property
    def title(self) -> str:
        """The heading, in the language of the section; of an introduction without one a word for that, in that of the page."""
        return self.heading or Words(_now("Inleiding"), get_language() or settings.LANGUAGE_CODE)

    @property
    def meeting(self):
        """The one meeting that this section is about: of its session, its agenda topics, or its letter. Else None."""
        return self.meeting_in(self.letter)

    def meeting_in(self, letter: Letter):
        """``meeting``, for whoever has its letter at hand."""
        if self.session:
            return self.session.meeting
        meetings = {topic.meeting for topic in self.agenda_topics.all()} or set(letter.meetings.all())
        return next(iter(meetings)) if len(meetings) == 1 else None


class ParagraphQuerySet(models.QuerySet):
    def public(self):
        """Paragraphs of published letters: the passages that visitors search."""
        return self.filter(letter__in=Letter.objects.public())

    def with_context(self, *, unchecked: bool = False):
        """What every list of passages shows, in a constant number of queries; positions in ``shown_positions``."""
        letters = models.Prefetch("letter", Letter.objects.for_citing())
        return (
            self.select_related("section__session__meeting")
            .defer("search", "read", "marks", "section__read", "section__session__read")
            .prefetch_related(letters, with_meetings("section__agenda_topics"))
            .with_positions(unchecked=unchecked)
        )

    def with_positions(self, *, unchecked: bool = False):
        """Passages with the positions that the public sees in them, in ``shown_positions``."""
        from letters.models.positions import Position

        shown = Position.objects.public(unchecked=unchecked).order_by("start", "pk").defer("search", "read")
        return self.prefetch_related(models.Prefetch("positions", shown, to_attr="shown_positions"))


class Paragraph(MachineRead):
    """One paragraph (alinea), in the letter's exact words.

    ``marks`` is a list of ``{"kind", "start", "end", "value"}`` as in ``letters.parsing.document.Mark``. ``anchor``
    is given once, at first publication, and never reused; the public address is ``#al-<anchor>``.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="paragraphs")
    section = models.ForeignKey(
        Section, models.CASCADE, verbose_name=_("onderdeel"), related_name="paragraphs"
    )
    order = models.PositiveIntegerField(_("volgorde"), default=0)
    text = models.TextField(_("tekst"))
    label = models.CharField(_("nummer of opsommingsteken"), max_length=20, blank=True)
    is_question = models.BooleanField(
        _("vraag van de commissie"),
        default=False,
        help_text=_(
            "Woorden van Kamerleden die de brief herhaalt; daarin staan geen Nederlandse standpunten."
        ),
    )
    marks = models.JSONField(_("opmaak"), default=list, blank=True)
    page = models.PositiveSmallIntegerField(_("pagina"), null=True, blank=True)
    anchor = models.CharField(_("anker"), max_length=12, blank=True, editable=False)
    language = models.CharField(_("taal"), max_length=2, choices=LANGUAGES, default="nl")
    search = models.GeneratedField(
        expression=search_vector("text"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("alinea")
        verbose_name_plural = _("alinea’s")
        ordering = ["letter", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "anchor"], condition=~Q(anchor=""), name="anchor_is_unique_in_letter"
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return self.letter.url_at(self)

    @property
    def meeting(self):
        """The one meeting that it is about, or None."""
        return self.section.meeting_in(self.letter)

    @property
    def citation(self) -> str:
        """ "Kamerstukken II 2023/24, 28676, nr. 446, al. 12", with "p. 3" when the page is that of the official PDF."""
        return self.letter.citation_at(self)


class Footnote(models.Model):
    """A footnote at its place: ``offset`` counts characters into the paragraph's text."""

    paragraph = models.ForeignKey(
        Paragraph, models.CASCADE, verbose_name=_("alinea"), related_name="footnotes"
    )
    mark = models.CharField(_("teken"), max_length=10)
    text = models.TextField(_("tekst"))
    offset = models.PositiveIntegerField(_("plaats"), default=0)

    class Meta:
        verbose_name = _("voetnoot")
        verbose_name_plural = _("voetnoten")
        ordering = ["paragraph__order", "offset", "id"]

    def __str__(self):
        return f"{self.mark} {self.text[:60]}"


class CitationQuerySet(models.QuerySet):
    def public(self):
        """What published letters refer to."""
        return self.filter(paragraph__letter__in=Letter.objects.public())

    def to(self, letter: Letter):
        """Where other letters refer to this one, by any paper number that it has now: the newest letter first."""
        numbers = [one.paper_number for one in letter.submissions.all() if one.paper_number]
        return (
            self.filter(paper_number__in=numbers)
            .exclude(paragraph__letter=letter)
            .select_related("paragraph__letter")
            .order_by(
                models.F("paragraph__letter__date").desc(nulls_last=True),
                "-paragraph__letter_id",
                "paragraph__order",
                "paragraph_id",
                "start",
            )
        )


class Citation(models.Model):
    """What a paragraph or one of its footnotes refers to (``start`` and ``end`` count there): a paper, or only a name.

    ``paper_number`` is an identifier as published: kst-28676-446, ah-tk-20242025-1028, 2024D41170. Which letter has it is
    looked up when a page is shown, for a paper often gets its number later than the letters that cite it.
    """

    class Kind(models.TextChoices):
        PAPER = CitationKind.PAPER.value, _("Kamerstuk")
        MOTION = CitationKind.MOTION.value, _("motie")
        COMMITMENT = CitationKind.COMMITMENT.value, _("toezegging")
        PROCEEDINGS = CitationKind.PROCEEDINGS.value, _("Handelingen")

    paragraph = models.ForeignKey(
        Paragraph, models.CASCADE, verbose_name=_("alinea"), related_name="citations"
    )
    footnote = models.ForeignKey(
        Footnote, models.CASCADE, verbose_name=_("voetnoot"), null=True, blank=True, related_name="citations"
    )
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.PAPER)
    text = models.CharField(_("zoals geschreven"), max_length=200, blank=True)
    name = models.CharField(_("naam"), max_length=200, blank=True)
    paper_number = models.CharField(_("Kamerstuknummer"), max_length=40, blank=True, db_index=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verwijzing")
        verbose_name_plural = _("verwijzingen")
        ordering = ["paragraph__order", "start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="citation_span_runs_forward"
            ),
            models.CheckConstraint(
                condition=~Q(paper_number="") | ~Q(name=""), name="citation_has_a_number_or_a_name"
            ),
        ]

    def __str__(self):
        return self.paper_number or self.name

    @property
    def official_url(self) -> str:
        """The paper's own page; "" for what only has a name."""
        if not self.paper_number:
            return ""
        number = self.paper_number
        if DOCUMENT_NUMBER.fullmatch(number):
            return f"https://www.tweedekamer.nl/kamerstukken/detail?id={number}&did={number}"
        return f"https://zoek.officielebekendmakingen.nl/{number}.html"
