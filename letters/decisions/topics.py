"""Rename and merge topics."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.models import AgendaTopic, Letter, Position, Section, Topic, TopicRedirect


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
