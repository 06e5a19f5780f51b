"""What a view once showed and no longer does: of withdrawn letters, and positions that are public no more.

Feeds say of these that they were withdrawn, to whoever followed the view. Told from the rows that are kept, by the same
filters; words that were never public never count. There are few, so the rows themselves are asked, of letters that were
withdrawn: those are looked up first, with their moments, and what is asked of moments is asked of those. In one query with all
of it a page took 15 ms more.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from letters import search
from letters.filters.topics import names_of_topics_below
from letters.models import Letter, Meeting, Paragraph, Position, Publication, Section

WITHDRAWN = Letter.Status.WITHDRAWN


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
    shown, filters = _shown_statuses(cleaned), _by_position(cleaned)
    withdrawn = _withdrawn(cleaned)
    of_withdrawn = Position.objects.filter(*filters, letter__in=withdrawn)
    found = _public_when_withdrawn(of_withdrawn, withdrawn, shown)
    gone = {pk: withdrawn[letter].gone(pk) for pk, letter in found.items()}
    once_shown = Position.history.filter(id=OuterRef("pk"), status__in=shown)
    taken_back = Position.objects.filter(
        ~Q(status__in=shown) | Q(paragraph=None),
        *filters,
        Exists(once_shown),
        letter__in=_letters(cleaned).filter(status=Letter.Status.PUBLISHED),
    )
    keys = _keys(taken_back) | _keys(of_withdrawn) - gone.keys()
    rows = Position.objects.filter(pk__in=keys).annotate(ended=_public_until(shown))
    for pk, letter, ended, published_at in rows.values_list(
        "pk", "letter", "ended", "letter__first_published_at"
    ):
        if ended is not None:
            gone[pk] = withdrawn[letter].gone(pk) if letter in withdrawn else Gone(ended, pk, published_at)
    return _latest_first(gone.values())


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


def _public_until(statuses: list[str]) -> Subquery:
    """When a position last stopped being public while its letter was; None when it never was, or when no history tells."""
    history = Position.history
    later = history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by("history_id")
    log = Publication.objects.filter(letter=OuterRef("letter_id"), at__lt=OuterRef("until")).order_by("-at")
    pieces = (
        history.filter(id=OuterRef("pk"), status__in=statuses, paragraph__isnull=False)
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
    conditions = [_said(cleaned)]
    if (topics := _topics(cleaned)) is not None:
        of_section = Q(topics=None, paragraph__section__topics__in=topics)
        conditions.append(of_section | Q(topics__in=topics))
    if numbers := _stored(cleaned, "sessie"):
        conditions.append(Q(paragraph__section__session__number__in=numbers))
    if cleaned["q"]:
        conditions.append(Q(search=search.words_query(cleaned["q"].value)))
    return conditions


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
