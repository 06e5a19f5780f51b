"""Check, reject, reopen and add positions."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.models import Letter, Paragraph, Position, Problem
from letters.parsing.folding import fold
from letters.parsing.sentences import Sentence, split_sentences

DECIDED = ["status", "decided_at", "decided_by"]


@transaction.atomic
def decide(
    positions: Iterable[Position],
    status: Position.Status,
    *,
    by: User | None,
    corrections: dict[str, object] | None = None,
) -> int:
    """Check, reject or reopen positions, after writing ``corrections`` (field to value); return how many changed."""
    wanted = {position.pk: position.letter_id for position in positions}
    lock_letters(wanted.values())
    found = list(Position.objects.filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused(_("De brief is intussen opnieuw gelezen. Bekijk de voorstellen zoals zij nu zijn."))
    return sum(_decide(position, status, corrections or {}, by) for position in found)


def _decide(position: Position, status: Position.Status, corrections: dict, by: User | None) -> bool:
    corrected = [name for name, value in corrections.items() if getattr(position, name) != value]
    if not corrected and position.status == status:
        return False
    if status == Position.Status.CHECKED and position.paragraph_id is None:
        raise Refused(
            _("“%(sentence)s” staat niet meer in de brief. Wijs het standpunt af of voeg het opnieuw toe.")
            % {"sentence": position.sentence}
        )
    for name in corrected:
        setattr(position, name, corrections[name])
    if position.same_elsewhere().exists():
        raise Refused(_("Deze zin heeft dit standpunt al."))
    if position.status != status:
        set_status(position, status, by=by)
    position.save(update_fields=[*corrected, *DECIDED])
    _settle(position, by=by)
    return True


def set_status(position: Position, status: Position.Status, *, by: User | None) -> None:
    position.status = status
    decided = status != Position.Status.UNCHECKED
    position.decided_at, position.decided_by = (timezone.now(), by) if decided else (None, None)


def _settle(position: Position, *, by: User | None) -> None:
    """A decision on a position also answers what the reading asked about it."""
    if position.status != Position.Status.UNCHECKED:
        asked = Problem.objects.open().filter(letter=position.letter_id, field=f"position:{position.pk}")
        asked.update(resolved_at=timezone.now(), resolved_by=by)


def find_sentence(letter: Letter, quote: str) -> tuple[Paragraph, Sentence]:
    """The one whole sentence of the letter that the quoted words come from.

    Case, white space, dashes and quotes may differ. Raises ``Refused`` when the words are nowhere or in several sentences.
    """
    words = fold(quote)
    if len(words) < 3:
        raise Refused(_("Plak de zin, of een herkenbaar deel ervan."))
    found = [
        (paragraph, sentence)
        for paragraph in letter.paragraphs.order_by("order")
        for sentence in split_sentences(paragraph.text)
        if words in fold(sentence.text)
    ]
    if not found:
        raise Refused(
            _(
                "Deze woorden staan niet in één zin van de brief. Kopieer de zin uit de tekst, zonder voetnootcijfers."
            )
        )
    if len(found) > 1:
        raise Refused(
            _(
                "Deze woorden staan in %(count)s zinnen van de brief. Plak een langer deel, zodat er één overblijft."
            )
            % {"count": len(found)}
        )
    return found[0]


@transaction.atomic
def add_position(
    letter: Letter,
    quote: str,
    stance: str,
    *,
    by: User | None,
    verb: str = "",
    moment: str = Position.Moment.STATED,
    with_others: bool = False,
) -> Position:
    """Add a position that a person found, by quoting (part of) its sentence; it counts as checked."""
    lock_letters([letter.pk])
    paragraph, sentence = find_sentence(letter, quote)
    same = Position.objects.filter(paragraph=paragraph, start=sentence.start, end=sentence.end, stance=stance)
    position = same.first() or Position(
        letter=letter,
        paragraph=paragraph,
        start=sentence.start,
        end=sentence.end,
        sentence=sentence.text,
        stance=stance,
    )
    position.verb, position.moment, position.with_others = verb or position.verb, moment, with_others
    set_status(position, Position.Status.CHECKED, by=by)
    position.save(update_fields=["verb", "moment", "with_others", *DECIDED] if position.pk else None)
    _settle(position, by=by)
    return position
