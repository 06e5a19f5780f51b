"""A position in the words of its letter. A page of a topic has fifty: as a template each took twice the time."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.languages import quoted
from letters.models import Note, Position
from letters.templatetags.citing import unbroken
from letters.templatetags.pieces import cite, stance

register = template.Library()

QUOTATION = """
<figure class="quotation quotation--{stance}{unchecked_class}" id="standpunt-{pk}" data-cited>
  <figcaption class="quotation__head">{head}{unchecked}</figcaption>
  <blockquote class="quotation__text" lang="{language}" cite="{url}"><p>{before}{text}</p></blockquote>
  <p class="quotation__source">{name}{with_others}{place}{source}</p>
  {cite}
  {notes}
</figure>
"""


@register.simple_tag(takes_context=True)
def quotation(
    context,
    position: Position,
    *,
    text: str = "",
    found_url: str = "",
    notes: Sequence[Note] = (),
    names_letter: bool = True,
) -> SafeString:
    """A position whole, with the sentence before it when it points back, and where it stands.

    ``text``: the sentence with <mark>s, already escaped, and ``found_url``: where those stand; ``notes``: public ones;
    ``names_letter``: False below another from the same letter. What is copied names it always.
    """
    letter, paragraph, url = position.letter, position.paragraph, position.get_absolute_url()
    name, before, checked = str(position.name), position.before, position.is_checked
    return format_html(
        QUOTATION,
        stance=position.stance,
        unchecked_class="" if checked else " quotation--unchecked",
        pk=position.pk,
        head=stance(position, plain=True),
        unchecked="" if checked else unchecked(),
        language=letter.language or "nl",
        url=url,
        before=format_html('<span class="quotation__before">{}</span> ', before) if before else "",
        text=text or position.sentence,
        name=name,
        with_others=f", {_('met anderen')}" if position.with_others else "",
        place=format_html(' · <a href="{}">{}&nbsp;{}</a>', found_url or url, _("al."), paragraph.anchor)
        if paragraph.anchor
        else "",
        source=format_html(" · {}", quoted(unbroken(letter.citation))) if names_letter else "",
        cite=cite(context, position.citation, url, name),
        notes=public_notes(notes),
    )


def unchecked() -> SafeString:
    return format_html(' <span class="unchecked">{}</span>', _("door computer herkend, niet nagekeken"))


def public_notes(notes: Sequence[Note]) -> SafeString:
    pieces = "".join(render_to_string("pieces/_note.html", {"note": note}) for note in notes or ())
    return mark_safe(pieces)  # noqa: S308 - our own template
