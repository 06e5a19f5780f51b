"""Which letters that we hold a reading may be of: another edition, the same text to the other chamber, or a later version."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from letters.ingest.meetings import LEVELS
from letters.ingest.submissions import CHAMBERS
from letters.models import Letter, Meeting, Submission
from letters.parsing.folding import fold
from letters.parsing.parsed_letter import ParsedLetter, ParsedMeeting
from letters.parsing.sentences import split_sentences

#: A sure match shares at least this part of the sentences of the shorter text. Editions of one letter share 0.98 and more.
SURE = 0.8
#: Where no meeting says that it is the same letter, nearly every sentence must.
SURE_WITHOUT_MEETING = 0.95
#: Below this nobody is asked: different letters about NATO share 0.06 of their sentences at most (measured on 23 letters).
POSSIBLE = 0.3
#: A cover letter or a lone annex has at most so many sentences.
PART = 8
#: A text that is shorter than this part of the other is a part of the letter, not an edition.
SHORTEST_EDITION = 1 / 3


@dataclass(frozen=True, slots=True)
class Match:
    """A stored letter that a reading may be of.

    ``share`` is the part (0–1) of the sentences of the shorter text that both have. ``contradictions`` names in Dutch what
    differs. ``is_sure``: it is the same letter, as far as a machine may decide that. ``is_part``: one of the two may be only a
    cover letter or an annex of the other.
    """

    letter: Letter
    share: float
    contradictions: tuple[str, ...] = field(default=())
    is_sure: bool = False
    is_part: bool = False


def find_matches(parsed: ParsedLetter) -> list[Match]:
    """The letters of which this may be an edition or a new version, most like it first.

    Where one of the two says that it is a reprint or an amended version, they are never the same letter for sure.
    """
    if not parsed.paragraphs:
        return []
    found, at_the_meeting = _looked_up(parsed)
    if not found:
        return []
    letters = Letter.objects.filter(pk__in=found).prefetch_related("submissions")
    letters = letters.annotate(revision=F("text_edition__reading__revision"))
    own = folded_sentences(paragraph.text for paragraph in parsed.paragraphs)
    found = [_match(letter, parsed, own, is_same_meeting=letter.pk in at_the_meeting) for letter in letters]
    matches = [match for match in found if match is not None]
    if len([match for match in matches if not match.contradictions]) > 1 or parsed.revision is not None:
        matches = [replace(match, is_sure=False) for match in matches]
    return sorted(matches, key=lambda match: (bool(match.contradictions), -match.share, match.letter.pk))


def _match(letter: Letter, parsed: ParsedLetter, own: set[str], *, is_same_meeting: bool) -> Match | None:
    held = folded_sentences(letter.paragraphs.values_list("text", flat=True))
    share, contradictions = shared_part(own, held), _contradictions(letter, parsed)
    shorter, longer = sorted((len(own), len(held)))
    is_short = shorter < SHORTEST_EDITION * longer
    is_part = is_same_meeting and is_short and 0 < shorter <= PART and not contradictions
    if not (is_part or _is_named(letter, parsed) or share >= (POSSIBLE if is_same_meeting else SURE)):
        return None
    wanted = SURE if is_same_meeting else SURE_WITHOUT_MEETING
    return Match(
        letter,
        share,
        contradictions,
        share >= wanted and not is_short and not contradictions and letter.revision is None,
        is_part,
    )


def folded_sentences(texts: Iterable[str]) -> set[str]:
    return {fold(sentence.text) for text in texts for sentence in split_sentences(text)}


def shared_part(one: set[str], other: set[str]) -> float:
    """The part (0–1) of the smaller set that the other has too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _looked_up(parsed: ParsedLetter) -> tuple[set[int], set[int]]:
    """The keys of letters to compare with, and which of them are at the same meeting.

    The others are found by number, reference or date, for when one of the two does not say which meeting.
    """
    found = [_at_the_same_meeting(parsed).values_list("pk", Value(True))]
    other, submissions = Value(False), Submission.objects.order_by()
    numbers = [number for number in (parsed.paper, parsed.replaces) if number]
    if numbers:
        found.append(submissions.filter(paper_number__in=numbers).values_list("letter_id", other))
    if parsed.reference:
        found.append(submissions.filter(reference=parsed.reference).values_list("letter_id", other))
    if parsed.date:
        same_day = Letter.objects.order_by().filter(
            date=parsed.date, status__in=Letter.Status.values
        )  # by its index
        found.append(same_day.filter(kind=parsed.kind.value).values_list("pk", other))
    rows = set(found[0].union(*found[1:]))
    return {key for key, _is_there in rows}, {key for key, is_there in rows if is_there}


def _is_named(letter: Letter, parsed: ParsedLetter) -> bool:
    """Whether the letter is the paper that this one says it replaces."""
    return bool(parsed.replaces) and any(
        submission.paper_number == parsed.replaces for submission in letter.submissions.all()
    )


def _at_the_same_meeting(parsed: ParsedLetter) -> QuerySet[Letter]:
    """Letters of the same kind about a meeting of the same body and day, with a level in common or unknown in one of the two."""
    wanted = Q()
    for meeting in parsed.meetings:
        if meeting.start is not None:
            wanted |= _same_meeting(meeting)
    if not wanted:
        return Letter.objects.none()
    of_kind = Letter.objects.order_by().filter(kind=parsed.kind.value)
    return of_kind.filter(meetings__in=Meeting.objects.order_by().filter(wanted))


def _same_meeting(meeting: ParsedMeeting) -> Q:
    levels = [LEVELS[level].value for level in meeting.levels if level in LEVELS]
    same = Q(body=meeting.body, start=meeting.start)
    return same & (Q(levels__overlap=levels) | Q(levels=[])) if levels else same


def _contradictions(letter: Letter, parsed: ParsedLetter) -> tuple[str, ...]:
    """What both say and say differently. A chamber has numbers of its own: those of the other contradict nothing."""
    chamber = CHAMBERS.get(parsed.chamber or "", "")
    same_chamber = [
        submission
        for submission in letter.submissions.all()
        if not (chamber and submission.chamber and submission.chamber != chamber)
    ]
    papers = {submission.paper_number for submission in same_chamber if submission.paper_number}
    references = {submission.reference for submission in same_chamber if submission.reference}
    differs = [
        (bool(letter.date and parsed.date and letter.date != parsed.date), letter._meta.get_field("date")),
        (
            bool(papers and parsed.paper and parsed.paper not in papers),
            Submission._meta.get_field("paper_number"),
        ),
        (
            bool(references and parsed.reference and parsed.reference not in references),
            Submission._meta.get_field("reference"),
        ),
        (letter.kind != parsed.kind.value, letter._meta.get_field("kind")),
    ]
    return tuple(str(field.verbose_name) for is_so, field in differs if is_so)


#: What the clerk reads at a draft that may be a letter that we hold.
LOOKS_THE_SAME = _(
    "Dit lijkt dezelfde brief als “%(letter)s”: %(share)s%% van de zinnen is gelijk. Vergelijk en kies."
)
DIFFERS_IN = _(
    "Dit lijkt op “%(letter)s”: %(share)s%% van de zinnen is gelijk, maar er is verschil in: %(contradictions)s. "
    "Vergelijk en kies."
)
PART_OF_LETTER = _(
    "Dit lijkt een deel van “%(letter)s”: alleen de aanbiedingsbrief, of alleen de bijlage. Voeg het toe als editie om datum en "
    "nummers over te nemen, of breng alle bestanden van de brief samen."
)
NEW_VERSION = _(
    "Deze brief zegt een herdruk of aangepaste versie te zijn, misschien van “%(letter)s” (%(share)s%% van de zinnen is gelijk). "
    "Vergelijk en kies."
)


def question(match: Match, parsed: ParsedLetter) -> str:
    """What a person must decide about a match, as a sentence."""
    if parsed.revision is not None or _is_named(match.letter, parsed):
        text = NEW_VERSION
    elif match.is_part:
        text = PART_OF_LETTER
    else:
        text = DIFFERS_IN if match.contradictions else LOOKS_THE_SAME
    return text % {
        "letter": match.letter,
        "share": int(100 * match.share),
        "contradictions": ", ".join(match.contradictions),
    }
