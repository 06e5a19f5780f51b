"""What an entry of a feed says, as HTML. A feed has fifty: as templates they took a third of the time that it costs.

``view``: the filter in words; ``why``: further reasons for which an item is in the feed.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.filters.commitments import kinds_of
from letters.models import CommitmentMention, Letter, Note, Paragraph, Position


def of_passage(passage: Paragraph, view: str, why: Sequence[str]) -> str:
    """``passage`` with its letter and ``shown_positions``."""
    positions = passage.shown_positions
    return _lines(
        _quoted(passage.text, passage.language),
        format_html("<p>{}</p>", passage.citation),
        format_html("<ul>{}</ul>", _list_of(positions)) if positions else "",
        _reasons(view, why),
    )


def of_position(position: Position, view: str, why: Sequence[str]) -> str:
    """``position`` with its letter, paragraph and ``public_notes``. Above its quotation stands what it is."""
    with_others = f", {_('met anderen')}" if position.with_others else ""
    return _lines(
        *_cited(position),
        format_html(
            "<p>{}: {}{}{}.</p>",
            capfirst(str(position.name)),
            position.get_stance_display(),
            with_others,
            _unchecked(position),
        ),
        _whole_paragraph(position),
        _notes(position.public_notes),
        _reasons(view, why),
    )


def of_commitment(row: Position | CommitmentMention, view: str, why: Sequence[str], site: str) -> str:
    """``row`` as for positions, with what people linked to it: ``later`` and ``earlier``. ``site``: before every path."""
    said = " · ".join(capfirst(str(kind.label)) for kind in kinds_of(row))
    linked = [(_("Later in:"), other) for other in row.later] + [
        (_("Eerder:"), other) for other in row.earlier
    ]
    return _lines(
        *_cited(row),
        format_html("<p>{}{}.</p>", said, _unchecked(row)),
        _whole_paragraph(row),
        format_html("<ul>{}</ul>", _list_of_linked(linked, site)) if linked else "",
        _notes(row.public_notes) if isinstance(row, Position) else "",
        _reasons(view, why),
    )


def of_letter(letter: Letter, view: str, why: Sequence[str], site: str) -> str:
    """``letter`` with ``passage``, its first that satisfies the filters, or None; ``position_count`` and ``quoted``, of its
    positions that do how many there are and the first of them. ``site``: the address before every path.
    """
    return _lines(
        format_html(
            "<p>{}, {}. {}</p>", capfirst(letter.get_kind_display()), letter.written_on, letter.citation
        ),
        format_html_join("", "<p>{}</p>", ((meeting.name,) for meeting in letter.meetings.all())),
        _first_passage(letter, letter.passage, site) if letter.passage else "",
        _quoted_positions(letter.quoted, letter.position_count) if letter.quoted else "",
        _reasons(view, why),
    )


def of_gone(day: str, reason: str) -> str:
    """An entry that was withdrawn: none of its words."""
    words = _("Ingetrokken op %(day)s: %(reason)s") % {"day": day, "reason": reason}
    return format_html("<p>{}</p>", words)


def _lines(*lines: str) -> str:
    return "\n".join(lines).strip()


def _cited(row: Position | CommitmentMention) -> tuple[SafeString, SafeString]:
    """The quotation, and where it stands."""
    return _quoted(row.quotation, row.paragraph.language), format_html("<p>{}</p>", row.citation)


def _unchecked(row: Position | CommitmentMention) -> str:
    return "" if row.is_checked else f" ({_('door computer herkend, niet nagekeken')})"


def _whole_paragraph(row: Position | CommitmentMention) -> str:
    """What stands around the quotation, where that is not all."""
    paragraph = row.paragraph
    if row.quotation == paragraph.text:
        return ""
    return format_html("<p>{}</p>\n{}", _("De hele alinea:"), _quoted(paragraph.text, paragraph.language))


def _notes(notes: Iterable[Note]) -> SafeString:
    told = ((_("Toelichting"), note.organisation, note.text) for note in notes)
    return format_html_join("", "<p>{} ({}): {}</p>", told)


def _list_of_linked(linked: Iterable[tuple[str, Position | CommitmentMention]], site: str) -> SafeString:
    return format_html_join(
        "",
        '<li>{} <a href="{}{}">{}</a> · {}: “<span lang="{}">{}</span>”</li>\n',
        (
            (
                when,
                site,
                other.get_absolute_url(),
                other.citation,
                kinds_of(other)[0].label,
                other.paragraph.language,
                other.sentence,
            )
            for when, other in linked
        ),
    )


def _quoted(text: str, language: str) -> SafeString:
    return format_html('<blockquote lang="{}"><p>{}</p></blockquote>', language, text)


def _list_of(positions: Iterable[Position]) -> SafeString:
    return format_html_join("", "<li>{} ({}{}): “{}”</li>\n", (_said(position) for position in positions))


def _said(position: Position) -> tuple[str, str, str, str]:
    stance = position.get_stance_display()
    unchecked = "" if position.is_checked else f"; {_('door computer herkend, niet nagekeken')}"
    return position.verb or stance, stance, unchecked, position.sentence


def _first_passage(letter: Letter, passage: Paragraph, site: str) -> SafeString:
    place = f" ({_('al.')} {passage.anchor})" if passage.anchor else ""
    return format_html(
        '{}\n<p><a href="{}{}">{}{}</a></p>',
        _quoted(passage.text, passage.language),
        site,
        letter.url_at(passage),
        passage.section.title,
        place,
    )


def _quoted_positions(quoted: Sequence[Position], number: int) -> SafeString:
    words = ngettext("%(number)s standpunt:", "%(number)s standpunten:", number) % {"number": number}
    more = mark_safe("<li>…</li>") if number > len(quoted) else ""
    return format_html("<p>{}</p>\n<ul>{}{}</ul>", words, _list_of(quoted), more)


def _reasons(view: str, why: Iterable[str]) -> SafeString:
    told = _("In deze feed: %(filter)s.") % {"filter": view}
    return format_html("<p>{}{}</p>", told, format_html_join("", " {}.", ((reason,) for reason in why)))
