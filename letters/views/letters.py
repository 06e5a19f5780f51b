"""One letter, whole."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from letters.filters import address, key_of
from letters.models import (
    Citation,
    Edition,
    File,
    Footnote,
    Letter,
    Note,
    Paragraph,
    Position,
    Publication,
    Topic,
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
        letter = Letter.objects.filter(slug=slug).first()
        if (
            letter is not None
            and letter.status != Letter.Status.DRAFT
            and letter.get_absolute_url() != request.path
        ):
            return redirect(letter, permanent=True)
        if letter is None:
            moved = Letter.objects.exclude(status=Letter.Status.DRAFT).filter(redirects__slug=slug).first()
            if moved is None:
                raise Http404(_("Deze brief is hier niet."))
            return redirect(moved, permanent=True)
        if letter.status == Letter.Status.WITHDRAWN:
            return gone(request, letter)
        return super().get(request, *args, slug=slug, **kwargs)

    def get_queryset(self):
        originals = File.objects.public()
        return (
            Letter.objects.public()
            .select_related("replaces", "supplements")
            .prefetch_related(
                "meetings",
                "signatories",
                "submissions",
                Prefetch("text_edition", Edition.objects.for_citing()),
                Prefetch("replaced_by", Letter.objects.public(), to_attr="newer"),
                Prefetch("supplemented_by", Letter.objects.public(), to_attr="additions"),
                Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
                Prefetch("editions__files", originals, to_attr="public_files"),
            )
        )

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
        sections = list(letter.sections.select_related("session").prefetch_related("topics__names"))
        cited = cited_letters(letter)
        shown = self.paragraphs(citation_links(letter, cited))
        for section in sections:
            section.shown = shown[section.pk]
        return super().get_context_data(
            sections=sections,
            kind_url=address("letters", soort=key_of(letter.kind)).url,
            facts=facts(letter, sections, cited),
            cited_by=cited_by(letter),
            originals=[file for edition in letter.editions.all() for file in edition.public_files],
            unchecked_count=0
            if self.shows_unchecked
            else self.positions(unchecked=True).awaiting_check().count(),
            **kwargs,
        )

    def positions(self, *, unchecked: bool):
        return Position.objects.public(unchecked=unchecked).filter(letter=self.object)

    def paragraphs(self, links: dict[str, str]) -> dict[int, list[ShownParagraph]]:
        """The letter's paragraphs, ready to show, by their section. ``links``: for each paper where it is to be read."""
        positions = self.positions(unchecked=self.shows_unchecked).order_by("start", "-end", "pk")
        paragraphs = self.object.paragraphs.order_by("order", "pk").prefetch_related(
            Prefetch("footnotes", Footnote.objects.order_by("offset", "pk")),
            "citations",
            Prefetch("positions", positions, to_attr="shown_positions"),
            Prefetch("shown_positions__notes", Note.objects.public(), to_attr="public_notes"),
        )
        shown, number = defaultdict(list), 0
        for paragraph in paragraphs:
            cited = [
                (citation, links.get(citation.paper_number, "")) for citation in paragraph.citations.all()
            ]
            footnotes = list(enumerate(paragraph.footnotes.all(), number + 1))
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


def cited_letters(letter: Letter) -> list[Letter]:
    """The published letters that this one refers to."""
    papers = Citation.objects.filter(paragraph__letter=letter).exclude(paper_number="").values("paper_number")
    cited = Letter.objects.public().filter(submissions__paper_number__in=papers)
    return list(cited.distinct().prefetch_related("submissions"))


def citation_links(letter: Letter, cited: list[Letter]) -> dict[str, str]:
    """For each paper that the letter refers to: our letter when it is published here, else the official page."""
    ours = {
        submission.paper_number: one.get_absolute_url()
        for one in cited
        for submission in one.submissions.all()
    }
    return {
        citation.paper_number: ours.get(citation.paper_number, citation.official_url)
        for citation in Citation.objects.filter(paragraph__letter=letter).exclude(paper_number="")
    }


def cited_by(letter: Letter) -> list[tuple[Letter, list[Paragraph]]]:
    """The published letters that refer to this one, with the paragraphs in which they do."""
    found: dict[Letter, dict[Paragraph, None]] = defaultdict(dict)
    for citation in Citation.objects.public().to(letter):
        found[citation.paragraph.letter][citation.paragraph] = None
    return [(citing, list(paragraphs)) for citing, paragraphs in found.items()]


def facts(letter: Letter, sections, cited: list[Letter]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is known about a letter, as (name, [(words, link or "")]); links lead to the letters that share it."""
    topics = {topic.slug: topic for section in sections for topic in section.topics.all()}
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
        (_("Onderwerpen"), [(topic.name, topic.get_absolute_url()) for topic in _by_name(topics.values())]),
        (_("Vervangt"), _links([letter.replaces])),
        (_("Vervangen door"), _links(letter.newer)),
        (_("Vult aan"), _links([letter.supplements])),
        (_("Aangevuld door"), _links(letter.additions)),
        (_("Haalt aan"), _links(one for one in cited if one != letter)),
    ]
    return [(name, values) for name, values in found if any(words for words, _url in values)]


def _letters_of(signatory) -> str:
    return address("letters", bewindspersoon=signatory.slug).url


def _by_name(topics) -> list[Topic]:
    return sorted(topics, key=lambda topic: topic.name.casefold())


def _links(letters) -> list[tuple[str, str]]:
    return [(letter.title, letter.get_absolute_url()) for letter in letters if letter and letter.is_public]


def gone(request, letter: Letter):
    """The 410 of a withdrawn letter: date and reason, nothing else of it."""
    log = letter.publications.filter(action=Publication.Action.WITHDRAWN).order_by("-at").first()
    return render(request, "letters/withdrawn.html", {"publication": log}, status=410)
