"""One letter, whole."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from letters.filters import LetterQuery, address, key_of
from letters.filters.letter_query import MARKS
from letters.models import Letter, Note, Publication
from letters.views.letter_facts import citation_links, cited_by, cited_letters, editions, facts, newer_letters
from letters.views.letter_text import read_paragraphs, shown, sources
from letters.views.pages import UncheckedMixin
from letters.views.walking import item_of, walk


class LetterView(UncheckedMixin, DetailView):
    """A published letter. A withdrawn one answers 410 with date and reason, a draft does not exist, an old address leads on.

    The query string may name the list that one came from, under its filters, and at which of its items one is: then the page
    leads on to the next, and marks the words that were searched for.
    """

    model = Letter
    query_class = LetterQuery
    takes_words = False
    template_name = "letters/letter.html"

    def get(self, request, *args, slug, **kwargs):
        slug = slug.lower()  # people write kst-28676-B; the one address is kst-28676-b
        self.letter = self.get_queryset().filter(slug=slug).first()
        if self.letter is None:
            moved = Letter.objects.exclude(status=Letter.Status.DRAFT).filter(redirects__slug=slug).first()
            if moved is None:
                raise Http404(_("Deze brief is hier niet."))
            return self.redirect_to(moved)
        if self.letter.status == Letter.Status.DRAFT:
            raise Http404(_("Deze brief is hier niet."))
        if self.letter.get_absolute_url() != request.path:
            return self.redirect_to(self.letter)
        if self.letter.status == Letter.Status.WITHDRAWN:
            return gone(request, self.letter)
        return super().get(request, *args, slug=slug, **kwargs)

    def redirect_to(self, letter: Letter):
        """To the one address of a letter, with all that was asked."""
        asked = self.request.META["QUERY_STRING"]
        url = letter.get_absolute_url()
        return redirect(f"{url}?{asked}" if asked else url, permanent=True)

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
        filtered = self.query.came_from
        if filtered:
            filtered.version  # noqa: B018 - of before anything else is read
        letter.public_notes = list(Note.objects.public().filter(letter=letter))
        letter.newer, letter.additions = newer_letters(letter)
        sections = list(
            letter.sections.select_related("session").defer("read", "session__read").order_by("order", "pk")
        )
        paragraphs = read_paragraphs(letter, filtered, unchecked=self.shows_unchecked)
        cited = cited_letters(citation for each in paragraphs for citation in each.shown_citations)
        links = citation_links(paragraphs, cited)
        item = item_of(self.query, letter, paragraphs)
        shown_in = shown(paragraphs, links, item if item != letter else None)
        for section in sections:
            section.shown = shown_in[section.pk]
        held = editions(letter)
        context = super().get_context_data(
            sections=sections,
            kind_url=address("letters", soort=key_of(letter.kind)).url,
            facts=facts(letter, cited),
            editions=held,
            cited_by=cited_by(letter),
            originals=[file for edition in held for file in edition.files],
            sources=sources(paragraphs, links),
            walk=walk(self.query, item),
            unchecked_count=sum(each.left_out for each in paragraphs),
            **self.marks(paragraphs),
            **kwargs,
        )
        # The same letter, however one came here.
        bare = self.address.keeping("ongecontroleerd")
        return context | {
            "canonical_url": self.request.build_absolute_uri(bare.url),
            "view_address": bare,
        }

    def marks(self, paragraphs) -> dict:
        """What is marked in the text, whether that shows, and the same page the other way round."""
        positions = any(one.shown_positions for one in paragraphs)
        words = any(one.found or any(note.found for note in one.shown_footnotes) for one in paragraphs)
        other = "uit" if self.query.shows_marks else ""
        return {
            "marks_positions": positions,
            "marks_words": words,
            "shows_marks": self.query.shows_marks,
            "marks_url": self.address.setting(**{MARKS: other}).url,
        }


def gone(request, letter: Letter):
    """The 410 of a withdrawn letter: date and reason, nothing else of it."""
    log = letter.publications.filter(action=Publication.Action.WITHDRAWN).order_by("-at").first()
    return render(request, "letters/withdrawn.html", {"publication": log}, status=410)
