"""A commitment in the words of its letter: a new promise, or a passage that speaks of an earlier one."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters.filters.commitments import CommitmentKind, kinds_of
from letters.models import CommitmentMention, Position
from letters.templatetags.pieces import cite
from letters.templatetags.quotations import QUOTATION, public_notes, replaced, source_of, unchecked

register = template.Library()

_LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
#: A shape for each kind, so that colour never speaks alone: a star, an arrow back, a tick.
SHAPES = {
    CommitmentKind.NEW: '<path d="M6 .4l1.7 3.7 4 .5-3 2.7.8 4L6 9.3l-3.5 2 .8-4-3-2.7 4-.5z" fill="currentColor"/>',
    CommitmentKind.REFERS: f'<path d="M4.5 1.5L1.5 4.5l3 3M2 4.5h5.5a3 3 0 0 1 0 6H5" {_LINE}/>',
    CommitmentKind.FULFILS: f'<path d="M1.5 6.5l3 3 6-7" {_LINE}/>',
}


def _head(row: Position | CommitmentMention) -> SafeString:
    """The shape and the words of each kind."""
    return format_html_join(
        " ",
        '<span class="stance stance--promise"><svg class="shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        "{}</svg><span>{}</span></span>",
        [(mark_safe(SHAPES[kind]), capfirst(kind.label)) for kind in kinds_of(row)],  # noqa: S308 - ours
    )


@register.simple_tag(takes_context=True)
def commitment(context, row: Position | CommitmentMention) -> SafeString:
    """The whole sentence, with the one before it when it points back, what it does, and where it stands."""
    letter, paragraph, url = row.letter, row.paragraph, row.get_absolute_url()
    before, name = row.before, _("toezegging")
    number = f"{row.pk}" if isinstance(row, Position) else f"toezegging-{row.pk}"
    return format_html(
        QUOTATION,
        stance="promise",
        unchecked_class="" if row.is_checked else " quotation--unchecked",
        pk=number,
        head=_head(row) if row.is_checked else _head(row) + unchecked(),
        language=paragraph.language or "nl",
        url=url,
        before=format_html('<span class="quotation__before">{}</span> ', before) if before else "",
        text=row.sentence,
        name=capfirst(letter.get_kind_display()),
        with_others="",
        place=_place(row, url) if paragraph.anchor else "",
        source=source_of(letter),
        cite=cite(context, row.citation, url, name),
        notes=public_notes(getattr(row, "public_notes", ())),
    )


@register.simple_tag
def linked_commitment(row: Position | CommitmentMention) -> SafeString:
    """The other end of a link: its letter and place, what it does there, and its words."""
    letter = row.letter
    newer = replaced(letter)
    return format_html(
        '<a href="{}">{}, {}</a>{} · {} <span class="follow-ups__words" lang="{}">{}</span>',
        row.get_absolute_url(),
        capfirst(letter.get_kind_display()),
        letter.written_on,
        format_html(" ({})", newer) if newer else "",
        kinds_of(row)[0].label,
        row.paragraph.language or "nl",
        row.sentence,
    )


def _place(row: Position | CommitmentMention, url: str) -> SafeString:
    return format_html(' · <a href="{}">{}&nbsp;{}</a>', url, _("al."), row.paragraph.anchor)
