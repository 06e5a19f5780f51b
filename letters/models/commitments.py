from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.models.decided import Decided
from letters.models.letters import Letter
from letters.models.positions import Position
from letters.models.quoted import Quoted
from letters.models.text import Paragraph, with_meetings
from letters.parsing.commitments import HANDED_OVER, MentionKind


class CommitmentMentionQuerySet(models.QuerySet):
    def public(self, *, unchecked: bool = False):
        """Checked mentions of published letters; with ``unchecked`` also those that nobody looked at yet."""
        statuses = [Position.Status.CHECKED, *([Position.Status.UNCHECKED] if unchecked else [])]
        return self.filter(letter__in=Letter.objects.public(), paragraph__isnull=False, status__in=statuses)

    def with_context(self):
        """What every quotation shows, in a constant number of queries."""
        return (
            self.select_related("paragraph__section__session__meeting")
            .defer(
                "paragraph__search",
                "paragraph__read",
                "paragraph__marks",
                "paragraph__section__read",
                "paragraph__section__session__read",
            )
            .prefetch_related(
                models.Prefetch("letter", Letter.objects.for_citing()),
                with_meetings("paragraph__section__agenda_topics"),
            )
        )

    def standing(self):
        """Those whose words are in a letter that was not withdrawn, and that nobody rejected."""
        return self.filter(paragraph__isnull=False).exclude(
            Q(status=Position.Status.REJECTED) | Q(letter__status=Letter.Status.WITHDRAWN)
        )


class CommitmentMention(Quoted, Decided):
    """A sentence that speaks of an earlier commitment to parliament: it refers to one, or fulfils one.

    The machine proposes, a person decides. What nobody decided on is the machine's alone, and goes when a reading no longer
    finds it; what was decided is that person's, and follows its words (``letters.ingest.commitments``). A *new* promise is a
    ``Position``.
    """

    class Kind(models.TextChoices):
        REFERS = MentionKind.REFERS.value, _("verwijst naar een toezegging")
        FULFILS = MentionKind.FULFILS.value, _("komt een toezegging na")

    letter = models.ForeignKey(Letter, models.CASCADE, verbose_name=_("brief"), related_name="mentions")
    paragraph = models.ForeignKey(
        Paragraph, models.SET_NULL, verbose_name=_("alinea"), null=True, blank=True, related_name="mentions"
    )
    start = models.PositiveIntegerField(editable=False, default=0)
    end = models.PositiveIntegerField(editable=False, default=0)
    sentence = models.TextField(_("citaat"))
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    named = models.CharField(_("genoemd als"), max_length=200, blank=True, editable=False)
    rule = models.CharField(_("regel"), max_length=60, blank=True, editable=False)

    history = HistoricalRecords()
    objects = CommitmentMentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vermelding van een toezegging")
        verbose_name_plural = _("vermeldingen van toezeggingen")
        ordering = ["letter", "paragraph__order", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="mention_span_runs_forward"),
            models.UniqueConstraint(
                fields=["paragraph", "start", "end"], name="mention_is_once_in_a_sentence"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.sentence[:80]}"

    def get_absolute_url(self):
        return self.letter.url_at(self.paragraph) if self.paragraph_id else reverse("commitments")

    @property
    def before(self) -> str:
        """As of a position; but "informeer ik u hierbij" points at this letter, and not at the sentence before."""
        return "" if self.rule.endswith(HANDED_OVER) else super().before

    @property
    def text_before(self) -> str:
        """What stands in front of the sentence in its paragraph."""
        return self.paragraph.text[: self.start]

    @property
    def text_behind(self) -> str:
        return self.paragraph.text[self.end :]

    @property
    def is_decided(self) -> bool:
        return self.status != self.Status.UNCHECKED


class FollowUpQuerySet(models.QuerySet):
    def public(self):
        """Links that a person confirmed between a promise and a mention that visitors both see, while that is a promise."""
        return self.filter(
            status=Position.Status.CHECKED,
            promise__in=Position.objects.public().order_by(),
            promise__stance=Position.Stance.PROMISE,
            mention__in=CommitmentMention.objects.public().order_by(),
        )

    def awaiting_decision(self):
        """Proposals of which both sentences were checked and are public: only then there is something to decide."""
        return self.filter(
            status=Position.Status.UNCHECKED,
            promise__in=Position.objects.public().order_by(),
            promise__stance=Position.Stance.PROMISE,
            mention__in=CommitmentMention.objects.public().order_by(),
        )


class FollowUp(Decided):
    """A later letter takes up a promise of an earlier one: proposed by the machine, decided by a person.

    ``likeness`` is the share of words that they have in common (0 to 1), ``shared`` are those words. A pair that was rejected
    stays, so that it is never proposed again.
    """

    promise = models.ForeignKey(
        Position, models.CASCADE, verbose_name=_("toezegging"), related_name="follow_ups"
    )
    mention = models.ForeignKey(
        CommitmentMention, models.CASCADE, verbose_name=_("latere passage"), related_name="follow_ups"
    )
    likeness = models.FloatField(_("gelijkenis"), default=0, editable=False)
    shared = models.JSONField(_("gedeelde woorden"), default=list, blank=True, editable=False)

    history = HistoricalRecords()
    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("vervolg op een toezegging")
        verbose_name_plural = _("vervolgen op toezeggingen")
        ordering = ["-mention__letter__date", "-likeness", "id"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "mention"], name="follow_up_is_once_of_a_pair"),
            models.CheckConstraint(condition=Q(likeness__range=(0, 1)), name="follow_up_likeness_is_a_share"),
        ]

    def __str__(self):
        return f"{self.promise.sentence[:60]} → {self.mention.sentence[:60]}"
