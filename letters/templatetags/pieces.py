"""Pieces of a page that stand at every quotation. A page has up to hundreds of each: as templates that are included they took
half the time that a page costs.
"""

from collections.abc import Iterable
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters.languages import quoted
from letters.models import Meeting, Paragraph, Position
from letters.templatetags.citing import absolute

register = template.Library()


@register.simple_tag
@cache
def shape(stance: str) -> SafeString:
    """The shape of a stance, so that colour never speaks alone; drawn in ``pieces/_shape.html``."""
    return mark_safe(render_to_string("pieces/_shape.html", {"stance": stance}).strip())  # noqa: S308 - our own template


@register.simple_tag
def stance(position: Position, url: str = "", *, plain: bool = False) -> SafeString:
    """The verb of a position, else its stance, after its shape. ``url`` makes it a link; ``plain`` leaves out the frame, as
    above a quotation.
    """
    label = position.get_stance_display()
    words = quoted(position.verb) if position.verb else label
    return format_html(
        '<{}{} class="stance stance--{}{}{}">{}<span>{}</span>{}</{}>',
        "a" if url else "span",
        format_html(' href="{}"', url) if url else "",
        position.stance,
        "" if plain else " stance--framed",
        "" if position.is_checked else " stance--unchecked",
        shape(position.stance),
        words,
        ""
        if position.verb in ("", label)
        else format_html('<span class="visually-hidden"> ({})</span>', label),
        "a" if url else "span",
    )


@register.simple_tag
def place_of_passage(passage: Paragraph, meeting: Meeting | None) -> SafeString:
    """Where a passage stands: its meeting, kind of letter, session and number, each in an element of its own."""
    parts: list[str] = []
    if meeting:
        parts += [link(meeting.get_absolute_url(), meeting.period), meeting.title]
    parts.append(capfirst(passage.letter.get_kind_display()))
    if passage.section.session:
        parts.append(f"{_('Sessie')} {passage.section.session.number}")
    if passage.anchor:
        parts.append(f"{_('al.')}\N{NO-BREAK SPACE}{passage.anchor}")
    if passage.is_question:
        parts.append(_("Vraag of opmerking uit de Kamer"))
    return in_spans(parts)


@register.simple_tag
def place_of_position(position: Position) -> SafeString:
    """Where a position stands: its meeting, letter and section, as ``place_of_passage``."""
    meeting, letter, section = position.meeting, position.letter, position.paragraph.section
    parts: list[str] = []
    if meeting:
        parts += [link(meeting.get_absolute_url(), meeting.period), meeting.title]
    parts.append(link(letter.get_absolute_url(), capfirst(letter.get_kind_display())))
    parts.append(link(position.section_url, quoted(section.title, section.language)))
    return in_spans(parts)


def link(url: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)


def in_spans(parts: Iterable[str]) -> SafeString:
    spans = "</span> <span>".join(conditional_escape(part) for part in parts)
    return mark_safe(f"<span>{spans}</span>")  # noqa: S308 - escaped here


@register.simple_tag
def why(sentences: Iterable[str]) -> SafeString | str:
    """Why a row is among the results; nothing without sentences."""
    if not sentences:
        return ""
    return format_html(
        '<details class="why"><summary>{}</summary><ul>{}</ul></details>',
        _("Waarom dit resultaat?"),
        format_html_join("", "<li>{}</li>", ([sentence] for sentence in sentences)),
    )


@register.simple_tag(takes_context=True)
def cite(
    context, citation: str, url: str, of: str, *, words: str = "", title: bool = False, label: str = ""
) -> SafeString:
    """Citation and permanent link of a letter, a passage or a position, to select; static/cite.js makes three buttons of it
    that copy the words too. Those are the words in the nearest ``[data-cited]`` around it.

    ``url`` is within this site; ``of``: what it is, read aloud only ("alinea 12"); ``words``: where they stand in no element
    of their own; ``title``: they are a title, copied without quotation marks; ``label`` stands before the buttons instead
    of "Kopieer".
    """
    return format_html(
        '<details class="cite" data-cite="{citation}"{words}{title}{label}><summary>{name}'
        '<span class="visually-hidden"> {of}</span></summary><p>{shown}<br><a href="{link}">{link}</a></p></details>',
        citation=citation,
        shown=quoted(citation),
        words=format_html(' data-words="{}"', words) if words else "",
        title=mark_safe(" data-title") if title else "",
        label=format_html(' data-label="{}"', label) if label else "",
        name=_("Citeren"),
        of=of,
        link=absolute(context, url),
    )
