"""Rename and merge topics, and answer what a section is about whose heading names none."""

from collections.abc import Collection, Iterable
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.models import AgendaTopic, Letter, Position, Problem, Section, Topic, TopicName, TopicRedirect
from letters.parsing.folding import fold
from letters.parsing.topics import match_topics, names_no_subject


@transaction.atomic
def rename_topic_address(topic: Topic, previous_slug: str) -> None:
    """Keep an address that a topic had: it redirects for ever. The new one may be an old one of this topic itself."""
    if previous_slug != topic.slug:
        if TopicRedirect.objects.filter(slug=topic.slug).exclude(topic=topic).exists():
            raise Refused(_("Dit adres was eerder van een ander onderwerp en verwijst daarheen door."))
        TopicRedirect.objects.filter(slug=topic.slug).delete()
        TopicRedirect.objects.update_or_create(slug=previous_slug, defaults={"topic": topic})


@transaction.atomic
def merge_topic(topic: Topic, into: Topic) -> None:
    """Merge a topic into another: everything filed under it moves, its names become aliases, its address redirects."""
    list(Topic.objects.select_for_update().filter(pk__in=[topic.pk, into.pk]).order_by("pk"))
    topic.refresh_from_db()
    into.refresh_from_db()
    if topic.pk == into.pk or into.merged_into_id is not None or topic.merged_into_id is not None:
        raise Refused(_("Kies een ander onderwerp, dat zelf niet is samengevoegd."))
    if topic in into.ancestors:
        raise Refused(
            _("“%(into)s” valt zelf onder “%(topic)s”. Voeg andersom samen.") % {"into": into, "topic": topic}
        )
    if len(into.ancestors) + topic.height > Topic.LEVELS:
        raise Refused(
            _("Wat onder “%(topic)s” valt, komt dan te diep te liggen. Geef dat eerst een andere plaats.")
            % {"topic": topic}
        )
    filed = Letter.objects.filter(Q(sections__topics=topic) | Q(positions__topics=topic))
    lock_letters(filed.values_list("pk", flat=True))
    for related in [Section, AgendaTopic, Position]:
        through = related.topics.through
        field = related._meta.model_name
        already = through.objects.filter(topic=into).values(f"{field}_id")
        through.objects.filter(topic=topic).exclude(**{f"{field}_id__in": already}).update(topic=into)
        through.objects.filter(topic=topic).delete()
    topic.names.update(topic=into, is_preferred=False)
    topic.children.update(parent=into)
    TopicRedirect.objects.filter(topic=topic).update(topic=into)
    TopicRedirect.objects.update_or_create(slug=topic.slug, defaults={"topic": into})
    topic.merged_into = into
    topic.save()


@transaction.atomic
def choose_topics(problem: Problem, topics: Collection[Topic], *, by: User | None) -> int:
    """Give the section that a problem is about these topics, and its agenda topic; return how many sections got them."""
    return _give([_asked_section(problem)], _current(topics), by=by)


@transaction.atomic
def add_alias(problem: Problem, topic: Topic, name: str, *, by: User | None) -> int:
    """Let a topic also be called ``name``: by this the machine recognises it from now on.

    Return how many sections got the topic: those with the same heading, and those whose heading has this name.
    """
    heading = _asked_section(problem).heading
    _add_name(*_current([topic]), name)
    return _give(_asked_alike(heading, topic, name), [topic], by=by)


@transaction.atomic
def make_topic(problem: Problem, *, name: str, slug: str, parent: Topic | None, by: User | None) -> Topic:
    """Make a new topic, and give it to the sections that ``add_alias`` would give it to."""
    heading = _asked_section(problem).heading
    if parent is not None:
        _current([parent])
    topic = Topic(slug=slug, parent=parent)
    topic._history_user = by
    with _refusing_doubles(_("Het adres “%(value)s” is al in gebruik.") % {"value": slug}):
        topic.save()
    _add_name(topic, name, is_preferred=True)
    _give(_asked_alike(heading, topic, name), [topic], by=by)
    return topic


@transaction.atomic
def leave_without_topic(problem: Problem, *, by: User | None, reason: str = "") -> int:
    """Say that this heading names no topic that we keep; return how many questions about such headings that answers."""
    heading = fold(_asked_section(problem).heading)
    same = [section for section in _asked_sections() if fold(section.heading) == heading]
    lock_letters({section.letter_id for section in same})
    return _answer(same, reason.strip() or _("geen onderwerp"), by=by)


@transaction.atomic
def carry_topics(section: Section, previous: Iterable[int], *, by: User | None) -> None:
    """After a person chose other topics for a section: what the machine made of the old ones follows.

    ``previous`` are keys. Positions with topics of their own hold those of their section too; and a question is answered.
    """
    lock_letters([section.letter_id])
    topics = {topic.pk for topic in section.topics.all()}
    for position in Position.objects.filter(paragraph__section=section).prefetch_related("topics"):
        own = {topic.pk for topic in position.topics.all()}
        if own and position.read.get("topics") == sorted(own):
            wanted = sorted((own - set(previous)) | topics)
            position._history_user = by
            position.topics.set(wanted)
            position.remember({**position.read, "topics": wanted})
    if topics:
        names = ", ".join(topic.name for topic in section.topics.all())
        _answer([section], _("onderwerp gekozen: %(names)s") % {"names": names}, by=by)


def _asked_section(problem: Problem) -> Section:
    section = Section.objects.filter(pk=problem.section_key).first()
    if section is None or not Problem.objects.topics_unknown().filter(pk=problem.pk).exists():
        raise Refused(_("Deze vraag is intussen beantwoord, of het onderdeel is er niet meer."))
    return section


def _asked_sections() -> list[Section]:
    """Every section whose topic is asked."""
    keys = [problem.section_key for problem in Problem.objects.topics_unknown()]
    return list(Section.objects.filter(pk__in=keys).order_by("pk"))


def _asked_alike(heading: str, topic: Topic, name: str) -> list[Section]:
    """Those with the same heading, or one that the machine would give this topic by its new name."""
    wanted, vocabulary = fold(heading), {topic.slug: [name]}
    return [
        section
        for section in _asked_sections()
        if fold(section.heading) == wanted or match_topics(section.heading, vocabulary)
    ]


def _current(topics: Collection[Topic]) -> list[Topic]:
    """These topics, held so that nobody merges one into another meanwhile."""
    keys = [topic.pk for topic in topics]
    held = list(Topic.objects.current().select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if len(held) < len(set(keys)):
        raise Refused(_("Een onderwerp is intussen met een ander samengevoegd. Kies opnieuw."))
    return held


def _give(asked: Collection[Section], topics: Collection[Topic], *, by: User | None) -> int:
    """Give sections these topics, with their agenda topics and what else stands there, where nobody chose any."""
    own = Section.objects.filter(pk__in=[section.pk for section in asked])
    agenda_topics = AgendaTopic.objects.filter(sections__in=own).distinct()
    sections = Section.objects.filter(Q(pk__in=own) | Q(agenda_topics__in=agenda_topics)).distinct()
    lock_letters(sections.values_list("letter_id", flat=True))
    given = [row for row in sections if _is_open(row)]
    for row in [*given, *filter(_is_open, agenda_topics)]:
        row._history_user = by
        row.topics.set(topics)
    for section in given:
        carry_topics(section, (), by=by)
    _answer(asked, _("onderwerp gekozen"), by=by)
    return len(given)


def _is_open(row: Section | AgendaTopic) -> bool:
    """Whether it has no topics, and no person took off those that it had."""
    return not row.topics.exists() and not row.read.get("topics")


def _answer(sections: Iterable[Section], reason: str, *, by: User | None) -> int:
    asked = Problem.objects.topics_unknown().filter(
        field__in=[f"section:{section.pk}" for section in sections]
    )
    return asked.update(resolved_at=timezone.now(), resolved_by=by, resolution=reason[:500])


def _add_name(topic: Topic, name: str, *, is_preferred: bool = False) -> None:
    name = name.strip()
    if names_no_subject(name):
        raise Refused(
            _("“%(name)s” zegt niet waarover het gaat: te veel andere koppen bevatten die woorden.")
            % {"name": name}
        )
    with _refusing_doubles(
        _("“%(name)s” is al een benaming, van dit of een ander onderwerp.") % {"name": name}
    ):
        TopicName.objects.create(topic=topic, name=name, is_preferred=is_preferred)


@contextmanager
def _refusing_doubles(message: str):
    """Of two people who add the same at once the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(message) from error
