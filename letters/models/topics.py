from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from letters.languages import Words


class TopicQuerySet(models.QuerySet):
    def current(self):
        """Topics in use; a merged topic lives on as a redirect only."""
        return self.filter(merged_into=None)

    def named(self):
        """Annotate ``label``: the name in the language of the page, else the Dutch one, else the slug; ``own_name`` is None
        where the first is missing.
        """
        names = TopicName.objects.filter(topic=OuterRef("pk"), is_preferred=True).values("name")
        return self.annotate(
            own_name=Subquery(names.filter(language=get_language() or "nl")[:1]),
            label=Coalesce(
                F("own_name"),
                Subquery(names.filter(language="nl")[:1]),
                F("slug"),
                output_field=models.CharField(),
            ),
        )

    def by_name(self):
        return self.named().order_by(Lower("label"))

    def with_descendants(self):
        """These topics and everything below them: a parent filters its children too."""
        return Topic.objects.filter(Q(pk__in=self) | Q(parent__in=self) | Q(parent__parent__in=self))


class Topic(models.Model):
    """A subject of the controlled list, by which letters are found."""

    slug = models.SlugField(_("adres"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("valt onder"),
        null=True,
        blank=True,
        related_name="children",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("samengevoegd met"),
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    description = models.TextField(_("omschrijving"), blank=True)
    loaded_names = ArrayField(models.CharField(max_length=120), default=list, blank=True, editable=False)

    #: A topic, its parent and that one's parent: as deep as ``with_descendants`` looks.
    LEVELS = 3

    history = HistoricalRecords()
    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderwerp")
        verbose_name_plural = _("onderwerpen")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="topic_is_not_its_own_parent",
                violation_error_message=_("Een onderwerp kan niet onder zichzelf vallen."),
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="topic_is_not_merged_into_itself"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])

    def clean(self):
        if self.parent_id:
            if self.pk and self in [self.parent, *self.parent.ancestors]:
                raise ValidationError({"parent": _("Dit onderwerp valt zelf onder dit onderwerp.")})
            if len(self.parent.ancestors) + 1 + self.height > self.LEVELS:
                raise ValidationError(
                    {"parent": _("Onderwerpen gaan drie lagen diep. Kies een onderwerp dat hoger ligt.")}
                )
        if TopicRedirect.objects.filter(slug=self.slug).exclude(topic=self.pk).exists():
            raise ValidationError(
                {"slug": _("Dit adres was eerder van een ander onderwerp en verwijst daarheen door.")}
            )

    @property
    def ancestors(self) -> list["Topic"]:
        """The topics that this one falls under, nearest first."""
        found, topic = [], self
        while topic.parent_id and topic.parent not in found:
            topic = topic.parent
            found.append(topic)
        return found

    @property
    def height(self) -> int:
        """How many levels this topic and what falls under it take: 1 for one without children."""
        level, height = [self.pk], 0
        while level and height <= self.LEVELS:
            height += 1
            level = list(Topic.objects.filter(parent__in=level).values_list("pk", flat=True))
        return height

    @property
    def name(self) -> str:
        """The name in the language of the page; no query when the row came from ``named()`` or has its names at hand."""
        if "label" in self.__dict__:
            own, other = self.own_name, self.label
        else:
            preferred = {name.language: name.name for name in self.names.all() if name.is_preferred}
            own, other = preferred.get(get_language() or "nl"), preferred.get("nl") or self.slug
        return own or Words(other, "nl")

    @property
    def current(self) -> "Topic":
        """This topic, or the one that it was merged into, however often."""
        topic, seen = self, {self.pk}
        while topic.merged_into_id and topic.merged_into_id not in seen:
            topic = topic.merged_into
            seen.add(topic.pk)
        return topic

    @property
    def aliases(self) -> list[str]:
        return [Words(name.name, name.language) for name in self.names.all() if not name.is_preferred]


class TopicName(models.Model):
    """A name or alias of a topic. An alias belongs to one topic only, or nobody could tell which was meant."""

    class Language(models.TextChoices):
        DUTCH = "nl", _("Nederlands")
        ENGLISH = "en", _("Engels")

    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name=_("onderwerp"), related_name="names")
    name = models.CharField(_("naam"), max_length=120)
    language = models.CharField(_("taal"), max_length=2, choices=Language, default=Language.DUTCH)
    is_preferred = models.BooleanField(
        _("is de naam"), default=False, help_text=_("Anders is het een andere schrijfwijze of benaming.")
    )

    class Meta:
        verbose_name = _("naam of benaming")
        verbose_name_plural = _("namen en benamingen")
        ordering = ["-is_preferred", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                "topic",
                "language",
                condition=Q(is_preferred=True),
                name="topic_has_one_name_per_language",
                violation_error_message=_(
                    "Een onderwerp heeft per taal één naam; maak van de andere een benaming."
                ),
            ),
            models.UniqueConstraint(
                Lower("name"),
                "language",
                name="topic_name_belongs_to_one_topic",
                violation_error_message=_("Deze benaming is al in gebruik, bij dit of een ander onderwerp."),
            ),
        ]

    def __str__(self):
        return self.name


class TopicRedirect(models.Model):
    """An address that a topic had before it was renamed or merged."""

    slug = models.SlugField(_("oud adres"), max_length=80, unique=True)
    topic = models.ForeignKey(Topic, models.CASCADE, verbose_name=_("onderwerp"), related_name="redirects")

    class Meta:
        verbose_name = _("oud adres van een onderwerp")
        verbose_name_plural = _("oude adressen van onderwerpen")

    def __str__(self):
        return self.slug
