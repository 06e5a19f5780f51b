from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.models.decided import Decided
from letters.models.letters import Letter
from letters.models.quoted import Quoted
from letters.models.readings import MachineRead
from letters.models.text import Paragraph, with_meetings
from letters.models.topics import Topic
from letters.parsing import parsed_letter


class PositionQuerySet(models.QuerySet):
    def public(self, *, unchecked: bool = False):
        """Checked positions of published letters; with ``unchecked`` also those that nobody looked at yet.

        Rejected positions and those whose words are gone are never public.
        """
        statuses = [Position.Status.CHECKED, *([Position.Status.UNCHECKED] if unchecked else [])]
        return self.filter(letter__in=Letter.objects.public(), paragraph__isnull=False, status__in=statuses)

    def with_context(self):
        """What every quotation shows, in a constant number of queries; public notes in ``public_notes``."""
        from letters.models.notes import Note

        return (
            self.select_related("paragraph__section__session__meeting")
            .defer(
                "search",
                "read",
                "paragraph__search",
                "paragraph__read",
                "paragraph__marks",
                "paragraph__section__read",
                "paragraph__section__session__read",
            )
            .prefetch_related(
                models.Prefetch("letter", Letter.objects.for_citing()),
                with_meetings("paragraph__section__agenda_topics"),
                models.Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
            )
        )

    def awaiting_check(self):
        return self.filter(status=Position.Status.UNCHECKED, paragraph__isnull=False)


class Position(Quoted, Decided, MachineRead):
    """A Dutch position: a whole sentence of a letter in which the Netherlands wants, thinks, does or promises something.

    ``start`` and ``end`` count characters in the paragraph; ``sentence`` keeps the quotation, so that a decision
    survives when the paragraph's words change. ``paragraph`` is empty only when those words are gone.
    """

    class Stance(models.TextChoices):
        SUPPORT = parsed_letter.Stance.SUPPORT.value, _("steunt of verwelkomt")
        OPPOSE = parsed_letter.Stance.OPPOSE.value, _("wijst af of maakt voorbehoud")
        CALL = parsed_letter.Stance.CALL.value, _("roept op of vraagt")
        CONCERN = parsed_letter.Stance.CONCERN.value, _("uit zorg")
        CONDEMNATION = parsed_letter.Stance.CONDEMNATION.value, _("veroordeelt")
        PROPOSAL = parsed_letter.Stance.PROPOSAL.value, _("stelt voor")
        VIEW = parsed_letter.Stance.VIEW.value, _("vindt of benadrukt")
        ACTION = parsed_letter.Stance.ACTION.value, _("doet, draagt bij of besluit")
        PROMISE = parsed_letter.Stance.PROMISE.value, _("zegt de Kamer toe")

    class Moment(models.TextChoices):
        PLANNED = parsed_letter.Moment.PLANNED.value, _("voorgenomen")
        DELIVERED = parsed_letter.Moment.DELIVERED.value, _("gedaan of ingebracht")
        STATED = parsed_letter.Moment.STATED.value, _("gesteld")

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="positions")
    paragraph = models.ForeignKey(
        Paragraph, models.SET_NULL, verbose_name=_("alinea"), null=True, blank=True, related_name="positions"
    )
    start = models.PositiveIntegerField(editable=False, default=0)
    end = models.PositiveIntegerField(editable=False, default=0)
    sentence = models.TextField(_("citaat"))
    stance = models.CharField(_("standpunt"), max_length=15, choices=Stance)
    verb = models.CharField(
        _("werkwoord"),
        max_length=120,
        blank=True,
        help_text=_("In de woorden van de brief: “riep op”, “acht van belang”."),
    )
    moment = models.CharField(_("moment"), max_length=10, choices=Moment, default=Moment.STATED)
    with_others = models.BooleanField(
        _("samen met anderen"), default=False, help_text=_("Bijvoorbeeld “waaronder Nederland”, de Benelux.")
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("eigen onderwerpen"),
        blank=True,
        related_name="positions",
        help_text=_("Laat leeg om die van het onderdeel te gebruiken."),
    )
    subject = models.CharField(_("wie spreekt"), max_length=120, blank=True, editable=False)
    rule = models.CharField(_("regel"), max_length=60, blank=True, editable=False)
    confidence = models.FloatField(_("zekerheid"), null=True, blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("sentence", config="dutch"), output_field=SearchVectorField(), db_persist=True
    )

    history = HistoricalRecords(m2m_fields=[topics])
    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("standpunt")
        verbose_name_plural = _("standpunten")
        ordering = ["letter", "paragraph__order", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="position_span_runs_forward"),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="position_confidence_is_a_share",
            ),
            models.UniqueConstraint(
                fields=["paragraph", "start", "end", "stance"],
                name="position_is_once_in_a_sentence",
                violation_error_message=_("Deze zin heeft dit standpunt al."),
            ),
        ]

    def __str__(self):
        return f"{self.get_stance_display()}: {self.sentence[:80]}"

    def get_absolute_url(self):
        return self.letter.url_at(self.paragraph) if self.paragraph_id else reverse("positions")

    def same_elsewhere(self):
        """Other positions that say the same of the same sentence; ``position_is_once_in_a_sentence`` allows none."""
        span = {"paragraph": self.paragraph_id, "start": self.start, "end": self.end, "stance": self.stance}
        return Position.objects.exclude(pk=self.pk).filter(paragraph__isnull=False, **span)

    def clean(self):
        """The span is on no form, so a form leaves the constraint out."""
        if self.same_elsewhere().exists():
            raise ValidationError({"stance": _("Deze zin heeft dit standpunt al.")})

    def get_stance_display(self) -> str:
        """Django's own prepares all choices anew at every call: 20 ms of a page with twenty passages."""
        return str(self.Stance(self.stance).label) if self.stance else ""

    def get_moment_display(self) -> str:
        return str(self.Moment(self.moment).label) if self.moment else ""

    @property
    def name(self) -> str:
        """What a position is called: *inzet* in an agenda, *inbreng* in a report, else *standpunt*."""
        return {
            Letter.Kind.ANNOTATED_AGENDA: _("inzet"),
            Letter.Kind.REPORT: _("inbreng"),
        }.get(self.letter.kind, _("standpunt"))

    @property
    def is_touched(self) -> bool:
        """Whether a person did anything with it, so that no reading may take it away."""
        return (
            self.made_by_person
            or self.status != self.Status.UNCHECKED
            or self.differs_from_reading
            or self.notes.exists()
            or ("topics" not in self.read and bool(self.topics.all()))  # which no reading of before proposed
        )


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """A sentence with the positions in it, of which the first speaks for where it stands."""

    positions: tuple[Position, ...]

    @property
    def position(self) -> Position:
        return self.positions[0]

    @property
    def text(self) -> str:
        return self.position.sentence

    @property
    def has_checked(self) -> bool:
        return any(position.is_checked for position in self.positions)

    @property
    def with_others(self) -> bool:
        """Whether all that it says is said with other countries."""
        return all(position.with_others for position in self.positions)

    @property
    def public_notes(self) -> list:
        """The notes of all its positions, which ``with_context`` read."""
        return [note for position in self.positions for note in position.public_notes]


def by_sentence(positions: Iterable[Position]) -> list[QuotedSentence]:
    """Positions in the order of their letters, those of one sentence together: whoever reads it reads it once."""
    groups = groupby(positions, key=lambda position: (position.paragraph_id, position.start, position.end))
    return [QuotedSentence(tuple(group)) for _place, group in groups]
