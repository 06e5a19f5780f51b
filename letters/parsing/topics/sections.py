"""The topics of a section: those that its heading names, else what plainly rules its text, else what it stands under."""

from collections import Counter
from collections.abc import Sequence

from letters.parsing.parsed_letter import ParsedMeeting, ParsedSection, SectionKind
from letters.parsing.sentences import split_sentences
from letters.parsing.topics import names_no_subject
from letters.parsing.topics.matching import Topics

FEWEST_SENTENCES = 3
#: Meetings on one subject, by format or body, and the name that says which.
_MEETINGS_ON_ONE_SUBJECT = {
    "nuc": "NAVO-Oekraïne Raad",
    "UDCG": "Ukraine Defence Contact Group",
    "npg": "Nucleaire Planning Groep",
}


def topics_of_section(
    heading: str | None, paragraphs: Sequence[str], topics: Topics, above: Sequence[str] = ()
) -> tuple[str, ...]:
    """Slugs. A text says only what more than half of its sentences name, and other topics together not half as often.

    ``above`` are the names of what the section stands under, nearest first. The nearest that names a subject gives it, when it
    names only one: "Situatie aan het front" in a session of the NAVO-Oekraïne Raad is about Oekraïne.
    """
    if heading and (named := topics(heading)):
        return named
    return _ruling(paragraphs, topics) or _of_the_whole(heading, above, topics)


def names_above(
    section: ParsedSection, before: Sequence[ParsedSection], meetings: Sequence[ParsedMeeting]
) -> list[str]:
    """The headings that a section stands under, nearest first, and what its whole meeting is about.

    A session with text of its own does not count: it may be a topic that stands beside this one.
    """
    above: list[str] = []
    parent = section.parent
    while parent is not None:
        whole = before[parent]
        if whole.kind is not SectionKind.SESSION or not whole.paragraphs:
            above.append(whole.heading or "")
        parent = whole.parent
    return [
        *above,
        *(_name_of_subject(meeting) for meeting in meetings[section.meeting : section.meeting + 1]),
    ]


def _name_of_subject(meeting: ParsedMeeting) -> str:
    """What a meeting is about when it is about one subject only, else ""."""
    named = _MEETINGS_ON_ONE_SUBJECT
    return named.get(meeting.format) or named.get(meeting.body, "")


def _ruling(paragraphs: Sequence[str], topics: Topics) -> tuple[str, ...]:
    sentences = [sentence.text for text in paragraphs for sentence in split_sentences(text)]
    counts = Counter(slug for sentence in sentences for slug in topics(sentence))
    if not counts:
        return ()
    (first, most), *others = counts.most_common()
    has_rivals = sum(number for _, number in others) * 2 >= most
    return () if most < FEWEST_SENTENCES or most * 2 <= len(sentences) or has_rivals else (first,)


def _of_the_whole(heading: str | None, above: Sequence[str], topics: Topics) -> tuple[str, ...]:
    if not heading or names_no_subject(heading):
        return ()
    nearest = next((named for name in above if (named := topics(name))), ())
    return nearest if len(nearest) == 1 else ()
