"""The three lists as feeds, with all their filters; ``letters.views.commitment_feed`` has that of commitments."""

from django.db.models import OuterRef, Prefetch
from django.db.models.functions import Greatest
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters import search
from letters.filters import LetterList, PassageList, PositionList, address, topic_choices
from letters.filters.gone import gone_letters, gone_passages, gone_positions
from letters.filters.why import first_passages, reasons
from letters.models import Letter, Note, Paragraph, Position, Section
from letters.views import feed_contents
from letters.views.atom_view import (
    AtomView,
    changed,
    first_public,
    found_words,
    last_written,
    letter_in_short,
)
from letters.views.pages import PageMixin

QUOTED = 3  # positions of a letter that its entry quotes; it tells how many there are


class PassageFeed(PageMixin, AtomView):
    query_class, route = PassageList, "search"
    model, kind = Paragraph, "passage"
    gone = staticmethod(gone_passages)

    def rows(self, keys):
        # Who corrects words does so in the section's form, which writes the section too.
        corrected = last_written(Section, id=OuterRef("section"))
        checked = last_written(Position, paragraph=OuterRef("pk"))
        rows = Paragraph.objects.filter(pk__in=keys).annotate(
            changed_at=changed("letter", corrected, checked)
        )
        if self.query.words:
            rows = rows.annotate(headline=search.paragraph_headline(self.query.words))
        return (
            rows.select_related("section")
            .defer("search", "read", "marks", "section__read")
            .prefetch_related(Prefetch("letter", Letter.objects.for_citing()))
            .with_positions(unchecked=self.query.shows_unchecked)
        )

    def entry_title(self, row):
        return f"{letter_in_short(row.letter)}: {row.section.title} ({_('al.')} {row.anchor})"

    def content(self, row):
        return feed_contents.of_passage(row, self.words, self.why(row))

    def why(self, row: Paragraph) -> list[str]:
        """The reasons why a passage is in this feed, beside the filter itself."""
        stances, moments = ({choice.stored for choice in self.asked[key]} for key in ["standpunt", "moment"])
        matching = [
            f"“{position.sentence}”"
            for position in row.shown_positions
            if (stances or moments)
            and (not stances or position.stance in stances)
            and (not moments or position.moment in moments)
        ]
        return [*(_("Standpunt: %(words)s") % {"words": words} for words in matching), *found_words(row)]


class PositionFeed(PageMixin, AtomView):
    query_class, route = PositionList, "positions"
    model, kind = Position, "position"
    gone = staticmethod(gone_positions)

    def rows(self, keys):
        corrected = last_written(Section, id=OuterRef("paragraph__section"))
        checked = last_written(Position, id=OuterRef("pk"))
        rows = Position.objects.filter(pk__in=keys).annotate(
            changed_at=changed("letter", corrected, checked), first_public_at=self.first_public()
        )
        if self.query.words:
            rows = rows.annotate(headline=search.headline("sentence", self.query.words))
        return (
            rows.select_related("paragraph__section")
            .defer(
                "search",
                "read",
                "paragraph__search",
                "paragraph__read",
                "paragraph__marks",
                "paragraph__section__read",
            )
            .prefetch_related(
                Prefetch("letter", Letter.objects.for_citing()),
                Prefetch("notes", Note.objects.public(), to_attr="public_notes"),
            )
        )

    def entry_title(self, row):
        said = f"{capfirst(row.name)}: {row.verb or row.get_stance_display()}"
        return f"{said} – {letter_in_short(row.letter)}: {row.paragraph.section.title}"

    def gone_rows(self, model, keys):
        return super().gone_rows(model, keys).annotate(first_public_at=self.first_public())

    def first_public(self) -> Greatest:
        return first_public(unchecked=self.query.shows_unchecked)

    def published(self, row, place):
        return row.first_public_at

    def content(self, row):
        return feed_contents.of_position(row, self.words, found_words(row))

    def reason(self, row):
        if row.letter.status == Letter.Status.WITHDRAWN:
            return row.reason
        if row.paragraph_id is None:
            return _("Deze woorden staan niet meer in de brief.")
        if row.status == Position.Status.REJECTED:
            return _("Bij nader inzien is dit geen standpunt van Nederland, of niet dit standpunt.")
        return _("Dit standpunt wordt opnieuw nagekeken.")


class LetterFeed(PageMixin, AtomView):
    query_class, route = LetterList, "letters"
    model, kind = Letter, "letter"
    gone = staticmethod(gone_letters)

    def rows(self, keys):
        written = [
            last_written(Letter, id=OuterRef("pk")),
            last_written(Section, letter=OuterRef("pk")),
            last_written(Position, letter=OuterRef("pk")),
        ]
        rows = Letter.objects.filter(pk__in=keys).annotate(changed_at=changed("pk", *written))
        return rows.with_context().defer("read", "anchors")

    def complete(self, rows):
        passages, positions = first_passages(self.query, rows), self.positions(rows)
        for letter in rows:
            letter.passage = passages.get(letter.pk)
            letter.position_count, letter.quoted = positions.get(letter.pk, (0, []))
        self.reasons = reasons(self.query, rows)

    def positions(self, letters: list[Letter]) -> dict[int, tuple[int, list[Position]]]:
        """By letter, how many of its positions satisfy the filters beside the words, and the first of them."""
        filtered = self.query.with_choices({"q": None}, PositionList)
        satisfying = filtered.in_letters(letter.pk for letter in letters)
        quoted = [pk for positions in satisfying.values() for pk in positions[:QUOTED]]
        shown = Position.objects.only("stance", "verb", "sentence", "status")
        rows = filtered.still_public(shown).in_bulk(quoted)
        return {
            letter: (len(positions), [rows[pk] for pk in positions[:QUOTED] if pk in rows])
            for letter, positions in satisfying.items()
        }

    def content(self, row):
        return feed_contents.of_letter(row, self.words, self.reasons.get(row.pk, []), self.site)

    def entry_title(self, row):
        return row.title

    def letter(self, row):
        return row


def topic_feed(request, slug: str):
    """The feed of a topic: its positions, as on its page."""
    choice = topic_choices([slug]).get(slug)
    if choice is None:
        raise Http404(_("Dit onderwerp is er niet."))
    return redirect(address("positions-feed", onderwerp=choice.value).url, permanent=True)
