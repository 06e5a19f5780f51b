"""What is known about a letter beside its words: links to what shares it, the chambers that got it, the versions held."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters.filters import address, every_topic, key_of
from letters.models import Citation, Edition, File, Letter, Paragraph, Position, Section, Submission
from letters.models.meetings import LEVEL_NAMES


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a fact. ``letters_url``: the letters that share it, where ``url`` leads elsewhere."""

    words: str
    url: str = ""
    letters_url: str = ""
    language: str = ""  # of words that are quoted


@dataclass(frozen=True, slots=True)
class HeldEdition:
    """A version of the letter as it was uploaded, with those of its files that are public."""

    edition: Edition
    supplies_text: bool
    files: list[File]


def facts(letter: Letter, cited: list[Letter]) -> list[tuple[str, list[Value]]]:
    """By name; links lead to the letters that share it. ``letter`` has ``newer`` and ``additions``, of ``newer_letters``."""
    meetings, signatories = letter.meetings.all(), letter.signatories.all()
    levels = dict.fromkeys(level for meeting in meetings for level in meeting.levels if level in LEVEL_NAMES)
    of_sections = Section.topics.through.objects.filter(section__letter=letter).values_list("topic")
    checked = Position.objects.public().filter(letter=letter).order_by()
    of_positions = Position.topics.through.objects.filter(position__in=checked).values_list("topic")
    filed = set(of_sections.union(of_positions).values_list("topic", flat=True))
    topics = [topic for key, topic in every_topic().items() if key in filed]
    found = [
        (_("Soort brief"), [_of_letters(capfirst(letter.get_kind_display()), soort=key_of(letter.kind))]),
        (
            _("Bijeenkomst"),
            [
                Value(
                    meeting.name, meeting.get_absolute_url(), address("letters", bijeenkomst=meeting.slug).url
                )
                for meeting in meetings
            ],
        ),
        (_("Niveau"), [_of_letters(capfirst(LEVEL_NAMES[level]), niveau=level) for level in levels]),
        (_("Ondertekend door"), [_signed(one) for one in signatories if one.signs]),
        (_("Mede namens"), [_signed(one) for one in signatories if not one.signs]),
        (_("Van"), [Value(", ".join([*letter.ministries, letter.department]).strip(", "), language="nl")]),
        (
            _("Onderwerpen"),
            [
                Value(topic.name, topic.get_absolute_url())
                for topic in sorted(topics, key=lambda topic: topic.name.casefold())
            ],
        ),
        (_("Vervangt"), _links([letter.replaces])),
        (_("Vervangen door"), _links(letter.newer)),
        (_("Vult aan"), _links([letter.supplements])),
        (_("Aangevuld door"), _links(letter.additions)),
        (_("Haalt aan"), _links(one for one in cited if one != letter)),
    ]
    return [(name, values) for name, values in found if any(value.words for value in values)]


def _of_letters(words: str, **chosen: str) -> Value:
    return Value(words, address("letters", **chosen).url)


def _signed(signatory) -> Value:
    url = address("letters", bewindspersoon=signatory.slug).url
    return Value(str(signatory), url, language="nl")


def _links(letters: Iterable[Letter | None]) -> list[Value]:
    return [
        Value(letter.title, letter.get_absolute_url(), language=letter.language)
        for letter in letters
        if letter and letter.is_public
    ]


def editions(letter: Letter) -> list[HeldEdition]:
    """The versions that visitors can see something of: the one that supplies the text, and those with a public file."""
    files = File.objects.public().filter(edition__letter=letter).select_related("edition")
    of_edition: dict[Edition, list[File]] = defaultdict(list)
    if letter.text_edition:
        of_edition[letter.text_edition] = []
    for file in files.defer("edition__reading").order_by("edition__added_at", "edition", "pk"):
        of_edition[file.edition].append(file)
    held = [
        HeldEdition(edition, edition.pk == letter.text_edition_id, its) for edition, its in of_edition.items()
    ]
    return sorted(held, key=lambda one: (one.edition.added_at, one.edition.pk))


def newer_letters(letter: Letter) -> tuple[list[Letter], list[Letter]]:
    """The published letters that replace this one, and those that supplement it."""
    later = (
        Letter.objects.public().filter(Q(replaces=letter) | Q(supplements=letter)).defer("read", "anchors")
    )
    found = list(later)
    return (
        [one for one in found if one.replaces_id == letter.pk],
        [one for one in found if one.supplements_id == letter.pk],
    )


def cited_letters(citations: Iterable[Citation]) -> list[Letter]:
    """The published letters that are referred to."""
    papers = {citation.paper_number for citation in citations} - {""}
    if not papers:
        return []
    submitted = Submission.objects.filter(paper_number__in=papers).values("letter")
    cited = Letter.objects.public().filter(pk__in=submitted).defer("read", "anchors")
    return list(cited.prefetch_related("submissions"))


def citation_links(paragraphs: Iterable[Paragraph], cited: list[Letter]) -> dict[str, str]:
    """For each paper that is referred to: our letter when it is published here, else the official page."""
    ours = {
        submission.paper_number: one.get_absolute_url()
        for one in cited
        for submission in one.submissions.all()
    }
    return {
        citation.paper_number: ours.get(citation.paper_number, citation.official_url)
        for paragraph in paragraphs
        for citation in paragraph.shown_citations
        if citation.paper_number
    }


def cited_by(letter: Letter) -> list[tuple[Letter, list[Paragraph]]]:
    """The published letters that refer to this one, with the paragraphs in which they do."""
    found: dict[Letter, dict[Paragraph, None]] = defaultdict(dict)
    citing = Citation.objects.public().to(letter)
    for citation in citing.defer(
        "paragraph__search", "paragraph__letter__read", "paragraph__letter__anchors"
    ):
        found[citation.paragraph.letter][citation.paragraph] = None
    return [(citing, list(paragraphs)) for citing, paragraphs in found.items()]
