"""One letter, whole."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from letters.filters import NamedTopic, address, every_topic, key_of
from letters.models import (
    Citation,
    File,
    Footnote,
    Letter,
    Note,
    Paragraph,
    Position,
    Publication,
    Section,
    Submission,
)
from letters.rendering import ShownFootnote, footnote_html, paragraph_html
from letters.views.pages import UncheckedMixin


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """What ``pieces/_paragraph.html`` shows of a paragraph."""

    paragraph: Paragraph
    html: SafeString
    footnotes: list[ShownFootnote]
    positions: list[Position]
    notes: list[Note]
    follows_question: bool  # the one before it, under the same heading, is a question too


class LetterView(UncheckedMixin, DetailView):
    """A published letter. A withdrawn one answers 410 with date and reason, a draft does not exist, an old address leads on."""

    model = Letter
    template_name = "letters/letter.html"

    def get(self, request, *args, slug, **kwargs):
        slug = slug.lower()  # people write kst-28676-B; the one address is kst-28676-b
        self.letter = self.get_queryset().filter(slug=slug).first()
        if self.letter is None:
            moved = Letter.objects.exclude(status=Letter.Status.DRAFT).filter(redirects__slug=slug).first()
            if moved is None:
                raise Http404(_("Deze brief is hier niet."))
            return redirect(moved, permanent=True)
        if self.letter.status == Letter.Status.DRAFT:
            raise Http404(_("Deze brief is hier niet."))
        if self.letter.get_absolute_url() != request.path:
            return redirect(self.letter, permanent=True)
        if self.letter.status == Letter.Status.WITHDRAWN:
            return gone(request, self.letter)
        return super().get(request, *args, slug=slug, **kwargs)

    def get_queryset(self):
        """Whatever their status: ``get`` looks at that."""
        other = [
            f"{name}__{column}" for name in ("replaces", "supplements") for column in ("read", "anchors")
        ]
        return (
            Letter.objects.for_citing()
            .select_related("replaces", "supplements")
            .defer("read", "anchors", *other)
            .order_by()
        )

    def get_object(self):
        return self.letter

    def get_title(self):
        return self.object.title

    def get_crumbs(self):
        return [(_("Brieven"), reverse("letters"))]

    def get_crumb(self):
        letter = self.object
        meeting = next(iter(letter.meetings.all()), None)
        when = letter.written_on if letter.date or meeting is None else meeting.period
        return letter.paper_number or capfirst(f"{letter.get_kind_display()}, {when}")

    def get_context_data(self, **kwargs):
        letter = self.object
        letter.public_notes = list(Note.objects.public().filter(letter=letter))
        letter.newer, letter.additions = newer_letters(letter)
        sections = list(
            letter.sections.select_related("session").defer("read", "session__read").order_by("order", "pk")
        )
        paragraphs = self.paragraphs()
        cited = cited_letters(citation for each in paragraphs for citation in each.shown_citations)
        shown = self.shown(paragraphs, citation_links(paragraphs, cited))
        for section in sections:
            section.shown = shown[section.pk]
        return super().get_context_data(
            sections=sections,
            kind_url=address("letters", soort=key_of(letter.kind)).url,
            facts=facts(letter, cited),
            cited_by=cited_by(letter),
            originals=list(File.objects.public().filter(edition__letter=letter)),
            unchecked_count=sum(each.left_out for each in paragraphs),
            **kwargs,
        )

    def paragraphs(self) -> list[Paragraph]:
        """The letter's paragraphs with what hangs on each; in ``left_out`` how many positions wait to be looked at."""
        positions = Position.objects.public(unchecked=True).filter(letter=self.object).defer("search", "read")
        paragraphs = list(
            self.object.paragraphs.order_by("order", "pk")
            .defer("search", "read")
            .prefetch_related(
                Prefetch("footnotes", Footnote.objects.order_by("offset", "pk"), to_attr="shown_footnotes"),
                Prefetch("citations", Citation.objects.order_by("start", "pk"), to_attr="shown_citations"),
                Prefetch("positions", positions.order_by("start", "-end", "pk"), to_attr="visible_positions"),
                Prefetch("visible_positions__notes", Note.objects.public(), to_attr="public_notes"),
            )
        )
        for paragraph in paragraphs:
            visible = paragraph.visible_positions
            paragraph.shown_positions = [one for one in visible if self.shows_unchecked or one.is_checked]
            paragraph.left_out = len(visible) - len(paragraph.shown_positions)
        return paragraphs

    def shown(self, paragraphs: list[Paragraph], links: dict[str, str]) -> dict[int, list[ShownParagraph]]:
        """The paragraphs, ready to show, by their section. ``links``: for each paper where it is to be read."""
        shown, number = defaultdict(list), 0
        for paragraph in paragraphs:
            cited = [
                (citation, links.get(citation.paper_number, "")) for citation in paragraph.shown_citations
            ]
            footnotes = list(enumerate(paragraph.shown_footnotes, number + 1))
            number += len(footnotes)
            above = shown[paragraph.section_id]
            follows_question = bool(above) and above[-1].paragraph.is_question
            above.append(_shown(paragraph, cited, footnotes, follows_question))
        return shown


def _shown(
    paragraph: Paragraph,
    cited: list[tuple[Citation, str]],
    footnotes: list[tuple[int, Footnote]],
    follows_question: bool,
) -> ShownParagraph:
    under = [
        ShownFootnote(
            number,
            footnote.mark,
            footnote_html(footnote, [c for c in cited if c[0].footnote_id == footnote.pk]),
        )
        for number, footnote in footnotes
    ]
    html = paragraph_html(
        paragraph,
        positions=paragraph.shown_positions,
        citations=[c for c in cited if c[0].footnote_id is None],
        footnotes=footnotes,
    )
    for position in paragraph.shown_positions:
        position.letter = paragraph.letter  # with what a citation needs of it
    notes = [note for position in paragraph.shown_positions for note in position.public_notes]
    return ShownParagraph(paragraph, html, under, paragraph.shown_positions, notes, follows_question)


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


def facts(letter: Letter, cited: list[Letter]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is known about a letter, as (name, [(words, link or "")]); links lead to the letters that share it."""
    links = Section.topics.through.objects.filter(section__letter=letter)
    filed = set(links.values_list("topic", flat=True))
    topics = [topic for key, topic in every_topic().items() if key in filed]
    found = [
        (_("Bijeenkomst"), [(meeting.name, meeting.get_absolute_url()) for meeting in letter.meetings.all()]),
        (
            _("Ondertekend door"),
            [(str(one), _letters_of(one)) for one in letter.signatories.all() if one.signs],
        ),
        (
            _("Mede namens"),
            [(str(one), _letters_of(one)) for one in letter.signatories.all() if not one.signs],
        ),
        (_("Van"), [(", ".join([*letter.ministries, letter.department]).strip(", "), "")]),
        (_("Onderwerpen"), [(topic.name, topic.get_absolute_url()) for topic in _by_name(topics)]),
        (_("Vervangt"), _links([letter.replaces])),
        (_("Vervangen door"), _links(letter.newer)),
        (_("Vult aan"), _links([letter.supplements])),
        (_("Aangevuld door"), _links(letter.additions)),
        (_("Haalt aan"), _links(one for one in cited if one != letter)),
    ]
    return [(name, values) for name, values in found if any(words for words, _url in values)]


def _letters_of(signatory) -> str:
    return address("letters", bewindspersoon=signatory.slug).url


def _by_name(topics: list[NamedTopic]) -> list[NamedTopic]:
    return sorted(topics, key=lambda topic: topic.name.casefold())


def _links(letters) -> list[tuple[str, str]]:
    return [(letter.title, letter.get_absolute_url()) for letter in letters if letter and letter.is_public]


def gone(request, letter: Letter):
    """The 410 of a withdrawn letter: date and reason, nothing else of it."""
    log = letter.publications.filter(action=Publication.Action.WITHDRAWN).order_by("-at").first()
    return render(request, "letters/withdrawn.html", {"publication": log}, status=410)
