"""What a view once showed and no longer does: of withdrawn letters, and positions that are public no more.

Feeds say of these that they were withdrawn, to whoever followed the view. Told from the rows that are kept, by the same
filters; words that were never public never count. There are few, so the rows themselves are asked, of letters that were
withdrawn: those are looked up first, for a plan that began with all rows took 300 ms.
"""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from letters import search
from letters.models import Letter, Meeting, Paragraph, Position, Publication, Section, Topic

WITHDRAWN = Letter.Status.WITHDRAWN


def _stored(cleaned: dict, key: str) -> list:
    return [choice.stored for choice in cleaned.get(key) or ()]


def _values(cleaned: dict, key: str) -> list[str]:
    return [choice.value for choice in cleaned.get(key) or ()]


def _withdrawn_at(letter: str) -> Coalesce:
    """When a letter was withdrawn; one that was withdrawn past the log, by ``update()`` or SQL, with its publication."""
    log = Publication.objects.filter(letter=OuterRef(letter), action=Publication.Action.WITHDRAWN)
    published = Letter.objects.filter(pk=OuterRef(letter)).values("first_published_at")
    return Coalesce(Subquery(log.order_by("-at").values("at")[:1]), Subquery(published))


def gone_letters(cleaned: dict) -> QuerySet:
    """Withdrawn letters that satisfied the filters, with the moment of withdrawal in ``gone_at``."""
    found = _letters(cleaned).filter(status=WITHDRAWN)
    narrowed = _by_passage(cleaned, _keys(found))
    if narrowed or cleaned["q"]:
        passages = Paragraph.objects.filter(*narrowed, *_words(cleaned), letter__in=found).exclude(anchor="")
        holding = Q(pk__in=passages.values("letter"))
        if cleaned["q"] and not narrowed:
            found = found.alias(subject_vector=search.subject_vector())
            holding |= search.subjects_with(cleaned["q"].value)
        found = found.filter(holding)
    return found.annotate(gone_at=_withdrawn_at("pk"), published_at=F("first_published_at"))


def gone_passages(cleaned: dict) -> QuerySet:
    """Passages of withdrawn letters. One without anchor came after the withdrawal: it was never public."""
    letters = _keys(_letters(cleaned).filter(status=WITHDRAWN))
    rows = Paragraph.objects.filter(*_by_passage(cleaned, letters), *_words(cleaned), letter__in=letters)
    return rows.exclude(anchor="").annotate(
        gone_at=_withdrawn_at("letter"), published_at=F("letter__first_published_at")
    )


def gone_positions(cleaned: dict) -> QuerySet:
    """Positions that were public in this view, and are not: rejected, reopened, without their words, or withdrawn."""
    shown = _shown_statuses(cleaned)
    letters = _letters(cleaned)
    withdrawn = _keys(letters.filter(status=WITHDRAWN))
    once_shown = Position.history.filter(id=OuterRef("pk"), status__in=shown)
    taken_back = Position.objects.filter(
        ~Q(status__in=shown) | Q(paragraph=None),
        Exists(once_shown),
        letter__in=letters.filter(status=Letter.Status.PUBLISHED),
    )
    filters = _by_position(cleaned)
    keys = {
        *_keys(Position.objects.filter(*filters, letter__in=withdrawn)),
        *_keys(taken_back.filter(*filters)),
    }
    public_last = _public_when_withdrawn(shown).filter(letter__in=withdrawn).values("pk")
    return (
        Position.objects.filter(pk__in=keys)
        .annotate(ended=_public_until(shown))
        .filter(Q(ended__isnull=False) | Q(pk__in=public_last))
        .annotate(
            gone_at=Case(When(letter__status=WITHDRAWN, then=_withdrawn_at("letter")), default=F("ended")),
            published_at=F("letter__first_published_at"),
        )
    )


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


def _shown_statuses(cleaned: dict) -> list[str]:
    unchecked = [Position.Status.UNCHECKED] if cleaned["ongecontroleerd"] else []
    return [Position.Status.CHECKED, *unchecked]


def _public_when_withdrawn(statuses: list[str]) -> QuerySet:
    """Positions that the public could see at the moment at which their letter was withdrawn."""
    decided_before = Q(decided_at=None) | Q(decided_at__lte=_withdrawn_at("letter"))
    return Position.objects.filter(
        decided_before, letter__status=WITHDRAWN, status__in=statuses, paragraph__isnull=False
    )


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


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def _topics(cleaned: dict) -> list[int] | None:
    slugs = _values(cleaned, "onderwerp")
    return _keys(Topic.objects.filter(slug__in=slugs).values("pk").with_descendants()) if slugs else None


def _said(cleaned: dict) -> Q:
    """The condition on positions for the stance and the moment."""
    chosen = {"stance__in": _stored(cleaned, "standpunt"), "moment__in": _stored(cleaned, "moment")}
    return Q(**{lookup: values for lookup, values in chosen.items() if values})


def _by_passage(cleaned: dict, letters: list[int]) -> list[Q | Exists]:
    """The conditions on passages of these letters for the filters on passages; none when none of those was asked."""
    public = _public_when_withdrawn(_shown_statuses(cleaned)).filter(letter__in=letters)
    conditions: list[Q | Exists] = []
    if (topics := _topics(cleaned)) is not None:
        own = public.filter(topics__in=topics).values("paragraph")
        sections = Section.objects.filter(letter__in=letters, topics__in=topics).values("pk")
        conditions.append(Q(section__in=sections) | Q(pk__in=own))
    if numbers := _stored(cleaned, "sessie"):
        conditions.append(Q(section__session__number__in=numbers))
    if said := _said(cleaned):
        conditions.append(Exists(public.filter(said, paragraph=OuterRef("pk"))))
    return conditions


def _words(cleaned: dict) -> list[Q]:
    return [search.paragraphs_with(cleaned["q"].value)] if cleaned["q"] else []
