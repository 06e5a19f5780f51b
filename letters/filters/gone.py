"""What a view once showed and no longer does: of withdrawn letters, and what people decided on that is public no more.

Feeds say of these that they were withdrawn, to whoever followed the view. Told from the rows that are kept, by the same
filters; words that were never public never count. There are few, so the rows themselves are asked, of letters that were
withdrawn: those are looked up first, with their moments, and what is asked of moments is asked of those. In one query with all
of it a page took 15 ms more.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from letters import search
from letters.filters.commitments import CommitmentKind
from letters.filters.topics import names_of_topics_below
from letters.models import CommitmentMention, Letter, Meeting, Paragraph, Position, Publication, Section

WITHDRAWN = Letter.Status.WITHDRAWN
NEVER, FOR_EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
#: What tells a sentence, also when its words are gone.
SENTENCE = ("letter", "start", "sentence")


class Gone(NamedTuple):
    """An item of a list, by its key, with the moment at which it was gone. The latest come first."""

    at: datetime
    pk: int
    published_at: datetime  # its letter, for the first time


class Moments(NamedTuple):
    """Of a letter that was withdrawn."""

    withdrawn_at: datetime
    published_at: datetime

    def gone(self, pk: int) -> Gone:
        return Gone(self.withdrawn_at, pk, self.published_at)


def gone_letters(cleaned: dict) -> list[Gone]:
    """Withdrawn letters that satisfied the filters."""
    withdrawn = _withdrawn(cleaned)
    found = set(withdrawn)
    narrowed = _by_passage(cleaned, withdrawn)
    if found and (narrowed or cleaned["q"]):
        passages = Paragraph.objects.filter(*narrowed, *_words(cleaned), letter__in=withdrawn)
        found = _keys(passages.exclude(anchor=""), "letter")
        if cleaned["q"] and not narrowed:
            letters = Letter.objects.filter(pk__in=withdrawn).alias(subject_vector=search.subject_vector())
            found |= _keys(letters.filter(search.subjects_with(cleaned["q"].value)))
    return _latest_first(withdrawn[letter].gone(letter) for letter in found)


def gone_passages(cleaned: dict) -> list[Gone]:
    """Passages of withdrawn letters. One without anchor came after the withdrawal: it was never public."""
    withdrawn = _withdrawn(cleaned)
    conditions = _by_passage(cleaned, withdrawn)
    rows = Paragraph.objects.filter(*conditions, *_words(cleaned), letter__in=withdrawn).exclude(anchor="")
    return _latest_first(
        withdrawn[letter].gone(pk) for pk, letter in rows.order_by().values_list("pk", "letter")
    )


def gone_positions(cleaned: dict) -> list[Gone]:
    """Positions that were public in this view, and are not: rejected, reopened, without their words, or withdrawn."""
    return _latest_first(_taken_back(Position, _by_position(cleaned), cleaned, Q()))


def gone_commitments(cleaned: dict) -> list[Gone]:
    """Promises that were public in this view and are not, or are called a promise no longer; and mentions of earlier ones, under
    their keys below zero. A mention that stood with a promise is told with that.
    """
    of_letters = cleaned | {"soort": ()}  # there it says what a sentence does
    promises = _taken_back(Position, _by_promise(cleaned), of_letters, Q(stance=Position.Stance.PROMISE))
    mentions = _taken_back(CommitmentMention, _by_mention(cleaned), of_letters, Q())
    if not cleaned["ongecontroleerd"]:  # there one that was checked may stand apart from the other
        beside = _promises_beside(mentions, {promise.pk: promise.at for promise in promises})
        mentions = [mention for mention in mentions if beside.get(mention.pk, NEVER) < mention.at]
    return _latest_first([*promises, *(mention._replace(pk=-mention.pk) for mention in mentions)])


def _taken_back(
    model: type[Position | CommitmentMention], filters: list[Q], cleaned: dict, was: Q
) -> list[Gone]:
    """What visitors saw of a kind of row that people decide on, and see no more. ``was``: what else held of it while they did."""
    shown, withdrawn = _shown_statuses(cleaned), _withdrawn(cleaned)
    of_withdrawn = model.objects.filter(*filters, letter__in=withdrawn)
    found = _public_when_withdrawn(of_withdrawn.filter(was), withdrawn, shown)
    gone = {pk: withdrawn[letter].gone(pk) for pk, letter in found.items()}
    once_shown = model.history.filter(was, id=OuterRef("pk"), status__in=shown)
    taken_back = model.objects.filter(
        ~Q(status__in=shown) | Q(paragraph=None) | ~was,
        *filters,
        Exists(once_shown),
        letter__in=_letters(cleaned).filter(status=Letter.Status.PUBLISHED),
    )
    keys = _keys(taken_back) | _keys(of_withdrawn) - gone.keys()
    rows = model.objects.filter(pk__in=keys).annotate(ended=_public_until(model, shown, was))
    for pk, letter, ended, published_at in rows.values_list(
        "pk", "letter", "ended", "letter__first_published_at"
    ):
        if ended is not None:
            gone[pk] = withdrawn[letter].gone(pk) if letter in withdrawn else Gone(ended, pk, published_at)
    return [*gone.values()]


def _promises_beside(mentions: list[Gone], ended: dict[int, datetime]) -> dict[int, datetime]:
    """Until when visitors saw a promise in the sentence of each of these mentions; ``ended``: of those that they see no more."""
    rows = CommitmentMention.objects.filter(pk__in=[mention.pk for mention in mentions]).order_by()
    mention_at = {tuple(place): pk for pk, *place in rows.values_list("pk", *SENTENCE)}
    positions = Position.objects.filter(letter__in={letter for letter, *_of_letter in mention_at}).order_by()
    seen = _keys(positions.public().filter(stance=Position.Stance.PROMISE))
    found: dict[int, datetime] = {}
    for pk, *place in positions.values_list("pk", *SENTENCE):
        mention, end = mention_at.get(tuple(place)), FOR_EVER if pk in seen else ended.get(pk)
        if mention and end:
            found[mention] = max(end, found.get(mention, end))
    return found


def _latest_first(gone: Iterable[Gone]) -> list[Gone]:
    return sorted(gone, reverse=True)


def _withdrawn(cleaned: dict) -> dict[int, Moments]:
    """The withdrawn letters that satisfy the filters on letters, by their keys.

    One that was withdrawn past the log, by ``update()`` or SQL, has the moment of its publication.
    """
    log = Publication.objects.filter(letter=OuterRef("pk"), action=Publication.Action.WITHDRAWN)
    at = Coalesce(Subquery(log.order_by("-at").values("at")[:1]), F("first_published_at"))
    letters = _letters(cleaned).filter(status=WITHDRAWN, first_published_at__isnull=False)
    rows = letters.order_by().values_list("pk", at, "first_published_at")
    return {pk: Moments(*moments) for pk, *moments in rows}


def _public_when_withdrawn(
    rows: QuerySet, withdrawn: dict[int, Moments], statuses: list[str], key: str = "pk"
) -> dict[int, int]:
    """Of these positions of withdrawn letters those that the public could see at the withdrawal: key → letter."""
    seen = rows.filter(status__in=statuses, paragraph__isnull=False).order_by()
    return {
        row: letter
        for row, letter, decided_at in seen.values_list(key, "letter", "decided_at")
        if decided_at is None or decided_at <= withdrawn[letter].withdrawn_at
    }


def _public_until(model: type[Position | CommitmentMention], statuses: list[str], was: Q) -> Subquery:
    """When a row last stopped being public while its letter was; None when it never was, or when no history tells."""
    history = model.history
    later = history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by("history_id")
    log = Publication.objects.filter(letter=OuterRef("letter_id"), at__lt=OuterRef("until")).order_by("-at")
    pieces = (
        history.filter(was, id=OuterRef("pk"), status__in=statuses, paragraph__isnull=False)
        .annotate(until=Subquery(later.values("history_date")[:1]))
        .annotate(last_action=Subquery(log.values("action")[:1]), last_at=Subquery(log.values("at")[:1]))
        .filter(until__gt=F("letter__first_published_at"))
        .filter(
            Q(last_action=None)
            | Q(last_action=Publication.Action.PUBLISHED)
            | Q(last_at__gt=F("history_date"))
        )
    )
    return Subquery(pieces.order_by("-until").values("until")[:1])


def _stored(cleaned: dict, key: str) -> list:
    return [choice.stored for choice in cleaned.get(key) or ()]


def _values(cleaned: dict, key: str) -> list[str]:
    return [choice.value for choice in cleaned.get(key) or ()]


def _keys(rows: QuerySet, key: str = "pk") -> set[int]:
    return set(rows.order_by().values_list(key, flat=True))


def _shown_statuses(cleaned: dict) -> list[str]:
    unchecked = [Position.Status.UNCHECKED] if cleaned["ongecontroleerd"] else []
    return [Position.Status.CHECKED, *unchecked]


def _letters(cleaned: dict) -> QuerySet:
    """Letters, whatever their status, by all filters on letters."""
    rows = Letter.objects.order_by()
    if kinds := _stored(cleaned, "soort"):
        rows = rows.filter(kind__in=kinds)
    if chambers := _stored(cleaned, "kamer"):
        rows = rows.filter(submissions__chamber__in=chambers)
    if signatories := _values(cleaned, "bewindspersoon"):
        rows = rows.filter(signatories__slug__in=signatories)
    if levels := _stored(cleaned, "niveau"):
        rows = rows.filter(meetings__in=Meeting.objects.filter(levels__overlap=levels))
    if meetings := _values(cleaned, "bijeenkomst"):
        rows = rows.filter(meetings__slug__in=meetings)
    begun = {"van": "meetings__start__gte", "tot": "meetings__start__lte"}
    if period := {lookup: cleaned[key].stored for key, lookup in begun.items() if cleaned[key]}:
        rows = rows.filter(**period)  # of one and the same meeting
    written = {"briefdatum-van": "date__gte", "briefdatum-tot": "date__lte"}
    rows = rows.filter(**{lookup: cleaned[key].stored for key, lookup in written.items() if cleaned[key]})
    return Letter.objects.filter(pk__in=rows.values("pk"))


def _topics(cleaned: dict) -> list[int] | None:
    """The topics that were asked for and all that falls under them; None when none was."""
    chosen = _stored(cleaned, "onderwerp")
    return list(names_of_topics_below(chosen)) if chosen else None


def _said(cleaned: dict) -> Q:
    """The condition on positions for the stance and the moment."""
    chosen = {"stance__in": _stored(cleaned, "standpunt"), "moment__in": _stored(cleaned, "moment")}
    return Q(**{lookup: values for lookup, values in chosen.items() if values})


def _by_position(cleaned: dict) -> list[Q]:
    """The conditions on positions for the filters on those, and on what they stand in."""
    conditions = [_said(cleaned), *_on_topics(cleaned)]
    if numbers := _stored(cleaned, "sessie"):
        conditions.append(Q(paragraph__section__session__number__in=numbers))
    if cleaned["q"]:
        conditions.append(Q(search=search.words_query(cleaned["q"].value)))
    return conditions


def _on_topics(cleaned: dict) -> list[Q]:
    """The condition on positions for their topics, else those of their section."""
    if (topics := _topics(cleaned)) is None:
        return []
    return [Q(topics=None, paragraph__section__topics__in=topics) | Q(topics__in=topics)]


def _by_promise(cleaned: dict) -> list[Q]:
    """The conditions on promises in the list of commitments."""
    conditions = [*_on_topics(cleaned), *_in_passages_with_words(cleaned)]
    kinds = _stored(cleaned, "soort")
    if kinds and CommitmentKind.NEW not in kinds:  # then for what the same sentence says of an earlier one
        mention = CommitmentMention.objects.filter(
            paragraph=OuterRef("paragraph"), start=OuterRef("start"), kind__in=kinds
        )
        conditions.append(Q(Exists(mention.filter(status__in=_shown_statuses(cleaned)))))
    return conditions


def _by_mention(cleaned: dict) -> list[Q]:
    """The conditions on mentions in the list of commitments: their topics are those of their passage."""
    conditions = _in_passages_with_words(cleaned)
    if kinds := _stored(cleaned, "soort"):
        conditions.append(Q(kind__in=kinds))
    if (topics := _topics(cleaned)) is not None:
        own = Q(paragraph__positions__topics__in=topics, paragraph__positions__status=Position.Status.CHECKED)
        conditions.append(Q(paragraph__section__topics__in=topics) | own)
    return conditions


def _in_passages_with_words(cleaned: dict) -> list[Q]:
    words = _words(cleaned)
    return [Q(paragraph__in=Paragraph.objects.filter(*words).order_by())] if words else []


def _by_passage(cleaned: dict, withdrawn: dict[int, Moments]) -> list[Q]:
    """The conditions on passages of these letters for the filters on passages; none when none of those was asked."""

    def with_position(condition: Q) -> Q:
        positions = Position.objects.filter(condition, letter__in=withdrawn)
        shown = _public_when_withdrawn(positions, withdrawn, _shown_statuses(cleaned), "paragraph")
        return Q(pk__in=list(shown))

    conditions = []
    if (topics := _topics(cleaned)) is not None:
        sections = Section.objects.filter(letter__in=withdrawn, topics__in=topics)
        conditions.append(Q(section__in=_keys(sections)) | with_position(Q(topics__in=topics)))
    if numbers := _stored(cleaned, "sessie"):
        conditions.append(Q(section__session__number__in=numbers))
    if said := _said(cleaned):
        conditions.append(with_position(said))
    return conditions


def _words(cleaned: dict) -> list[Q]:
    return [search.paragraphs_with(cleaned["q"].value)] if cleaned["q"] else []
