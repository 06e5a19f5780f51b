"""Word: a briefing. The filter in words, what was said under topic and meeting, quoted whole, cited in footnotes."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from docx.text.paragraph import Paragraph as DocumentParagraph

from letters import licence
from letters.exports import about
from letters.exports.briefing_shape import FACTS, LABEL, NOTE, in_language, new_document
from letters.exports.columns import section_of, status_of, topics_of
from letters.exports.export import Export
from letters.exports.footnotes import Footnotes, link
from letters.exports.parts import of_file, temporary_file
from letters.exports.refusal import dotted
from letters.exports.xml_text import xml_text
from letters.filters.commitments import kinds_of
from letters.models import CommitmentMention, Letter, Paragraph, Position

#: What stands as a quotation in a briefing.
Quotable = Position | CommitmentMention | Paragraph

#: A briefing is read by people; more than this is some hundreds of pages, and Word becomes slow.
MOST_ITEMS = 2_000


def write(export: Export) -> Iterator[bytes]:
    """The whole document, of at most ``MOST_ITEMS``."""
    with temporary_file() as file:
        _Briefing(export).document.save(file)
        yield from of_file(file)


class _Briefing:
    """A document that is being written, from top to bottom."""

    def __init__(self, export: Export):
        self.export = export
        self.document = new_document(xml_text(export.title))
        self.footnotes = Footnotes(self.document)
        # By name: python-docx looks each one up among all, which took half of the time.
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self._head()
        items = list(export.items())
        if export.filtered.route == "letters":
            self._letters(items)
        else:
            self._topics(items)

    def _head(self) -> None:
        export = self.export
        self._line(export.title, "Title")
        self._line(f"{about.moment(export)} · {dotted(export.count)} {export.list_name}", FACTS)
        address = self._paragraph("", FACTS)
        address._p.append(link(self.document.part, xml_text(export.address), export.address))
        if words := about.remark(export):
            self._line(words, FACTS)
        if export.shows_unchecked:
            self._line(_with_unchecked(export.filtered.route), FACTS)
        self._line(licence.in_words(), FACTS)

    def _letters(self, letters: list[Letter]) -> None:
        for letter in letters:
            line = self._paragraph("", "List Bullet")
            if letter.subject:  # without one, kind and date are its title
                words = f"{capfirst(str(letter.get_kind_display()))}, {letter.written_on}: "
                line.add_run(xml_text(words))
            address = self.export.absolute(letter.get_absolute_url())
            line._p.append(link(self.document.part, xml_text(letter.title), address))
            meetings = "; ".join(meeting.name for meeting in letter.meetings.all())
            line.add_run(xml_text(f" ({meetings})" if meetings else ""))
            self.footnotes.add(line, xml_text(letter.citation), letter.official_url or address)
            self._notes(letter)

    def _topics(self, items: list[Quotable]) -> None:
        for topic, of_topic in _grouped(items, self._topic):
            self._line(topic, "Heading 1")
            for meeting, of_meeting in _grouped(of_topic, _meeting):
                self._line(meeting, "Heading 2")
                in_turn = sorted(of_meeting, key=_turn)
                for _letter, of_letter in _grouped(in_turn, lambda item: item.letter.pk):
                    self._letter(of_letter)

    def _letter(self, items: list[Quotable]) -> None:
        """What one letter says, in the order in which it says it: the agenda's before the report's."""
        letter = items[0].letter
        name = {Letter.Kind.ANNOTATED_AGENDA: _("Inzet"), Letter.Kind.REPORT: _("Inbreng")}.get(letter.kind)
        source = f"{letter.get_kind_display()}, {letter.written_on}"
        self._line(f"{name}: {source}" if name else capfirst(source), "Heading 3")
        for item in items:
            if self.export.filtered.route == "commitments":
                self._commitment(item)
            elif isinstance(item, Position):
                self._position(item)
            else:
                self._quote(item.text, item.language, item)

    def _position(self, position: Position) -> None:
        self._label(position, position.verb, _("met anderen") if position.with_others else "")
        self._quote(position.quotation, position.paragraph.language, position)
        self._notes(position)

    def _commitment(self, item: Position | CommitmentMention) -> None:
        self._label(item, *(capfirst(str(kind.label)) for kind in kinds_of(item)))
        self._quote(item.quotation, item.paragraph.language, item)
        for when, others in [(_("Later in:"), item.later), (_("Eerder:"), item.earlier)]:
            for other in others:
                self._follow_up(when, other)
        self._notes(item)

    def _follow_up(self, when: str, other: Position | CommitmentMention) -> None:
        """The other end of a link that a person confirmed: where it stands, and its words."""
        source = f"{other.letter.get_kind_display()}, {other.letter.written_on}"
        line = self._paragraph("", NOTE)
        line.add_run(xml_text(f"{when} {source} · {kinds_of(other)[0].label}: "))
        in_language(line.add_run(xml_text(f"“{other.sentence}”")), other.paragraph.language)
        self._footnote(line, other)

    def _label(self, item: Position | CommitmentMention, *words: str) -> None:
        """Above a quotation: what it is, under which other topics it is found, and whether nobody looked at it."""
        others = [topic.name for topic in topics_of(item) if topic.name != self._topic(item)]
        label = [
            *words,
            _("ook: %(topics)s") % {"topics": ", ".join(others)} if others else "",
            "" if item.is_checked else status_of(item),
        ]
        if line := " · ".join(filter(None, label)):
            self._line(line, LABEL)

    def _quote(self, words: str, language: str, item: Quotable) -> None:
        quote = self._paragraph("", "Quote")
        in_language(quote.add_run(xml_text(words)), language)
        self._footnote(quote, item)

    def _footnote(self, line: DocumentParagraph, item: Quotable) -> None:
        address = self.export.absolute(item.get_absolute_url())
        self.footnotes.add(line, xml_text(item.citation), address)

    def _notes(self, item: Position | CommitmentMention | Letter) -> None:
        for note in item.public_notes:
            words = {"organisation": note.organisation, "text": note.text}
            self._line(_("Toelichting (%(organisation)s): %(text)s") % words, NOTE)

    def _line(self, words: str, style: str) -> None:
        self._paragraph(xml_text(words), style)

    def _paragraph(self, text: str, style: str) -> DocumentParagraph:
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self.styles[style]
        return paragraph

    def _topic(self, item: Quotable) -> str:
        """The one heading under which an item stands: a topic that was asked for, else the first by name."""
        asked = {choice.stored for choice in self.export.filtered.cleaned["onderwerp"]}
        topics = sorted(topics_of(item), key=lambda topic: (topic.pk not in asked, topic.name.casefold()))
        return topics[0].name if topics else _("Zonder onderwerp")


def _with_unchecked(route: str) -> str:
    if route == "commitments":
        return _(
            "Met zinnen die door de computer zijn herkend en die niemand heeft nagekeken; bij elk staat dat."
        )
    if route == "positions":
        return _(
            "Met standpunten die door de computer zijn herkend en die niemand heeft nagekeken; bij elk staat dat."
        )
    return _("Gekozen ook naar standpunten die door de computer zijn herkend en die niemand heeft nagekeken.")


def _meeting(item: Quotable) -> str:
    """The meeting of the section, else those of the letter together."""
    meeting = section_of(item).meeting
    names = [one.name for one in ([meeting] if meeting else item.letter.meetings.all())]
    return "; ".join(names) or _("Zonder bijeenkomst")


def _turn(item: Quotable) -> tuple:
    letter = item.letter
    return (Letter.Kind.values.index(letter.kind), str(letter.date or ""), letter.pk)


def _grouped(items: Iterable, key) -> Iterator[tuple[object, list]]:
    """Items by a key, keys in the order in which they first come, items in theirs."""
    found: dict = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return iter(found.items())
