"""Check, reject, reopen, add and place positions."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.decisions.locking import Refused, lock_letters
from letters.decisions.meanwhile import Overtaken, overtaken, told
from letters.decisions.proposing import promises_followed
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
    seen: dict[int, str] | None = None,
) -> int:
    """Check, reject or reopen positions, after writing ``corrections`` (field to value); return how many changed.

    ``seen`` has, by key, the version on which is decided (``meanwhile.version_of``): of another version nothing is
    written, and ``Overtaken`` says what became of it.
    """
    wanted = {position.pk: position.letter_id for position in positions}
    lock_letters(wanted.values())
    found = list(Position.objects.filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused(_("De brief is intussen opnieuw gelezen. Bekijk de voorstellen zoals zij nu zijn."))
    refuse_overtaken(found, seen)
    with promises_followed(wanted.values()):
        return sum(_decide(position, status, corrections or {}, by) for position in found)


@transaction.atomic
def check_seen(letter: Letter, seen: dict[int, str], *, by: User | None) -> tuple[int, list[Position]]:
    """Check those that are still what was seen of them; return how many, and the others, which are left alone."""
    lock_letters([letter.pk])
    found = list(letter.positions.filter(pk__in=seen).order_by("pk"))
    left = overtaken(found, seen)
    with promises_followed([letter.pk]):
        checked = [_decide(one, Position.Status.CHECKED, {}, by) for one in found if one not in left]
    return sum(checked), left


def refuse_overtaken(positions: list[Position], seen: dict[int, str] | None) -> None:
    """Raise ``Overtaken`` when one of them is not what was seen of it."""
    for position in overtaken(positions, seen or {}):
        raise Overtaken(
            _("%(told)s Uw keuze is niet bewaard: beslis opnieuw op wat er nu staat.")
            % {"told": told(position, (seen or {})[position.pk])}
        )


def _decide(position: Position, status: Position.Status, corrections: dict, by: User | None) -> bool:
    corrected = [name for name, value in corrections.items() if getattr(position, name) != value]
    if not corrected and position.status == status:
        _settle(position, by=by)
        return False
    if status == Position.Status.CHECKED and position.paragraph_id is None:
        raise Refused(
            _(
                "“%(sentence)s” staat niet meer in de brief. Wijs het standpunt af of wijs de zin aan waar het hoort."
            )
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


def sentences_with(letter: Letter, quote: str) -> list[tuple[Paragraph, Sentence]]:
    """The whole sentences of the letter in which the quoted words stand, from top to bottom.

    Case, white space, dashes and quotes may differ. Raises ``Refused`` when the words are too few to look for, or nowhere.
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
    return found


def find_sentence(letter: Letter, quote: str) -> tuple[Paragraph, Sentence]:
    """The one whole sentence of the letter that the quoted words come from: ``sentences_with``, and ``Refused`` of several."""
    found = sentences_with(letter, quote)
    if len(found) > 1:
        raise Refused(
            _(
                "Deze woorden staan in %(count)s zinnen van de brief. Plak een langer deel, zodat er één overblijft."
            )
            % {"count": len(found)}
        )
    return found[0]


def sentence_at(
    letter: Letter, paragraph: int, start: int, end: int, words: str
) -> tuple[Paragraph, Sentence]:
    """The one sentence that the characters ``[start:end]`` of a paragraph lie in; ``words`` is what was selected there.

    Raises ``Refused`` when the letter says something else there by now, or when the selection runs over several sentences.
    """
    found = letter.paragraphs.filter(pk=paragraph).first()
    if found is None or not fold(words) or fold(found.text[start:end]) != fold(words):
        raise Refused(
            _(
                "De tekst van de brief is intussen gewijzigd. Laad de pagina opnieuw en wijs de zin nog eens aan."
            )
        )
    start += len(found.text[start:end]) - len(found.text[start:end].lstrip())
    end = start + len(found.text[start:end].rstrip())
    inside = [one for one in split_sentences(found.text) if one.start < end and start < one.end]
    if len(inside) != 1:
        raise Refused(_("Selecteer woorden van één zin. Elke zin is een eigen standpunt."))
    return found, inside[0]


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
    at: tuple[int, int, int] | None = None,
) -> Position:
    """Add a position that a person found, by quoting (part of) its sentence; it counts as checked.

    ``at`` says where the quoted words stand (key of the paragraph, start, end), for a sentence that comes twice.
    """
    lock_letters([letter.pk])
    paragraph, sentence = sentence_at(letter, *at, quote) if at else find_sentence(letter, quote)
    if paragraph.is_question:
        raise Refused(
            _(
                "Dit zijn woorden van Kamerleden die de brief herhaalt; daarin staan geen Nederlandse standpunten."
            )
        )
    same = Position.objects.filter(paragraph=paragraph, start=sentence.start, end=sentence.end, stance=stance)
    held = same.first()
    if held is not None and held.status == Position.Status.CHECKED:
        raise Refused(_("Dit standpunt staat al bij deze zin, nagekeken."))
    if held is not None and held.status == Position.Status.REJECTED:
        raise Refused(
            _(
                "Dit standpunt is bij deze zin afgewezen. Kies daar “Toch niet nagekeken” als het er wel staat."
            )
        )
    position = held or Position(
        letter=letter,
        paragraph=paragraph,
        start=sentence.start,
        end=sentence.end,
        sentence=sentence.text,
        stance=stance,
    )
    position.verb, position.moment, position.with_others = verb or position.verb, moment, with_others
    set_status(position, Position.Status.CHECKED, by=by)
    with promises_followed([letter.pk]):
        position.save(update_fields=["verb", "moment", "with_others", *DECIDED] if position.pk else None)
    _settle(position, by=by)
    return position


@transaction.atomic
def place(
    position: Position,
    quote: str,
    *,
    by: User | None,
    at: tuple[int, int, int] | None = None,
    seen: dict[int, str] | None = None,
) -> Position:
    """Give a position whose words are gone the sentence that says it now; it counts as checked."""
    lock_letters([position.letter_id])
    position = Position.objects.select_related("letter").get(pk=position.pk)
    refuse_overtaken([position], seen)
    if position.paragraph_id is not None:
        raise Refused(_("Dit standpunt staat al bij een zin van de brief."))
    paragraph, sentence = (
        sentence_at(position.letter, *at, quote) if at else find_sentence(position.letter, quote)
    )
    position.paragraph = paragraph
    position.start, position.end, position.sentence = sentence.start, sentence.end, sentence.text
    if position.same_elsewhere().exists():
        raise Refused(_("Die zin heeft dit standpunt al. Keur dat goed, en wijs dit af."))
    set_status(position, Position.Status.CHECKED, by=by)
    with promises_followed([position.letter_id]):
        position.save(update_fields=["paragraph", "start", "end", "sentence", *DECIDED])
    _settle(position, by=by)
    return position
