"""Which letters that we hold a reading may be of: another edition, the same text to the other chamber, or a later version."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
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
#: A text that is shorter than this part of the other is a part of the letter, not an edition.
SHORTEST_EDITION = 1 / 3


@dataclass(frozen=True, slots=True)
class Match:
    """A stored letter that a reading may be of.

    ``share`` is the part (0–1) of the sentences of the shorter text that both have. ``contradictions`` names in Dutch what
    differs. ``is_sure``: it is the same letter, as far as a machine may decide that.
    """

    letter: Letter
    share: float
    contradictions: tuple[str, ...] = field(default=())
    is_sure: bool = False


def find_matches(parsed: ParsedLetter) -> list[Match]:
    """The letters of which this may be an edition or a new version, most like it first.

    A letter that says that it is a reprint or an amended version is never the same letter for sure.
    """
    if not parsed.paragraphs:
        return []
    own = folded_sentences(paragraph.text for paragraph in parsed.paragraphs)
    at_the_meeting = set(_at_the_same_meeting(parsed).values_list("pk", flat=True))
    found = []
    for letter in _looked_up(parsed, at_the_meeting).prefetch_related("submissions"):
        held = folded_sentences(letter.paragraphs.values_list("text", flat=True))
        share = shared_part(own, held)
        named = _is_named(letter, parsed)
        enough = POSSIBLE if letter.pk in at_the_meeting else SURE
        if named or share >= enough:
            wanted = SURE if letter.pk in at_the_meeting else SURE_WITHOUT_MEETING
            long_enough = min(len(own), len(held)) >= SHORTEST_EDITION * max(len(own), len(held))
            found.append((letter, share, _contradictions(letter, parsed), share >= wanted and long_enough))
    agreeing = [letter for letter, _share, contradictions, _alike in found if not contradictions]
    matches = [
        Match(
            letter,
            share,
            contradictions,
            alike and agreeing == [letter] and parsed.revision is None and letter.kind == parsed.kind.value,
        )
        for letter, share, contradictions, alike in found
    ]
    return sorted(matches, key=lambda match: (bool(match.contradictions), -match.share, match.letter.pk))


def folded_sentences(texts: Iterable[str]) -> set[str]:
    return {fold(sentence.text) for text in texts for sentence in split_sentences(text)}


def shared_part(one: set[str], other: set[str]) -> float:
    """The part (0–1) of the smaller set that the other has too."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _looked_up(parsed: ParsedLetter, at_the_meeting: set[int]):
    """Letters at the same meeting; and by number, reference or date, for when one of the two does not say which meeting."""
    wanted = Q(pk__in=at_the_meeting)
    numbers = [number for number in (parsed.paper, parsed.replaces) if number]
    if numbers:
        wanted |= Q(submissions__paper_number__in=numbers)
    if parsed.reference:
        wanted |= Q(submissions__reference=parsed.reference)
    if parsed.date:
        wanted |= Q(kind=parsed.kind.value, date=parsed.date)
    return Letter.objects.filter(wanted).distinct()


def _is_named(letter: Letter, parsed: ParsedLetter) -> bool:
    """Whether the letter is the paper that this one says it replaces."""
    return bool(parsed.replaces) and any(
        submission.paper_number == parsed.replaces for submission in letter.submissions.all()
    )


def _at_the_same_meeting(parsed: ParsedLetter):
    """Letters of the same kind about a meeting of the same body and day, with a level in common or unknown in one of the two."""
    wanted = Q(pk__in=[])
    for meeting in parsed.meetings:
        if meeting.start is not None:
            wanted |= _same_meeting(meeting)
    return Letter.objects.filter(kind=parsed.kind.value, meetings__in=Meeting.objects.filter(wanted))


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
SAME_LETTER = _("Dit lijkt dezelfde brief als “%(letter)s”: %(share)s%% van de zinnen is gelijk. Vergelijk en kies.")
DIFFERS_IN = _(
    "Dit lijkt op “%(letter)s”: %(share)s%% van de zinnen is gelijk, maar er is verschil in: %(contradictions)s. "
    "Vergelijk en kies."
)
NEW_VERSION = _(
    "Deze brief zegt een herdruk of aangepaste versie te zijn, misschien van “%(letter)s” (%(share)s%% van de zinnen is gelijk). "
    "Vergelijk en kies."
)


def question(match: Match, parsed: ParsedLetter) -> str:
    """What a person must decide about a match, as a sentence."""
    if parsed.revision is not None or _is_named(match.letter, parsed):
        text = NEW_VERSION
    else:
        text = DIFFERS_IN if match.contradictions else SAME_LETTER
    return text % {
        "letter": match.letter,
        "share": int(100 * match.share),
        "contradictions": ", ".join(match.contradictions),
    }
