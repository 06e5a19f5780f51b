"""Whether a reading is of a letter that we hold already, as another edition."""

from letters.ingest.merge import shared_part
from letters.models import Letter
from letters.parsing.parsed_letter import ParsedLetter

#: A sure match shares at least this part of the paragraphs of the shorter text.
SURE_MATCH = 0.8


def find_same_letter(parsed: ParsedLetter) -> Letter | None:
    """The stored letter of the same kind about a meeting on the same day, with the same text and nothing that contradicts.

    It is locked until the end of the transaction in which this must be called.
    """
    starts = [meeting.start for meeting in parsed.meetings if meeting.start]
    if not starts or not parsed.paragraphs:
        return None
    candidates = Letter.objects.filter(kind=parsed.kind.value, meetings__start__in=starts).distinct()
    texts = [paragraph.text for paragraph in parsed.paragraphs]
    for letter in candidates.prefetch_related("submissions"):
        held = list(letter.paragraphs.values_list("text", flat=True))
        if not _contradicts(letter, parsed) and shared_part(texts, held) >= SURE_MATCH:
            return Letter.objects.select_for_update().get(pk=letter.pk)  # anew: its rows may still change
    return None


def _contradicts(letter: Letter, parsed: ParsedLetter) -> bool:
    """What either of the two does not say contradicts nothing."""
    submissions = list(letter.submissions.all())
    same_chamber = [
        submission
        for submission in submissions
        if parsed.chamber in (None, str(submission.get_chamber_display()))
    ]
    papers = {submission.paper_number for submission in same_chamber if submission.paper_number}
    references = {submission.reference for submission in same_chamber if submission.reference}
    return bool(
        (letter.date and parsed.date and letter.date != parsed.date)
        or (papers and parsed.paper and parsed.paper not in papers)
        or (references and parsed.reference and parsed.reference not in references)
    )
