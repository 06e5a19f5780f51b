"""Positions in the words of their letter. A page of a topic has fifty: as a template each took twice the time."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters.languages import quoted
from letters.models import Letter, Note, Position, QuotedSentence
from letters.templatetags.citing import unbroken
from letters.templatetags.pieces import cite, link, stance

register = template.Library()

QUOTATION = """
<figure class="quotation quotation--{stance}{unchecked_class}" id="standpunt-{pk}" data-cited>
  <figcaption class="quotation__head">{head}</figcaption>
  <blockquote class="quotation__text" lang="{language}" cite="{url}"><p>{before}{text}</p></blockquote>
  <p class="quotation__source">{name}{with_others}{place}{source}</p>
  {cite}
  {notes}
</figure>
"""


@register.simple_tag(takes_context=True)
def quotation(
    context, position: Position, *, text: str = "", found_url: str = "", notes: Sequence[Note] = ()
) -> SafeString:
    """A position whole, with the sentence before it when it points back, and where it stands.

    ``text``: the sentence with <mark>s, already escaped, and ``found_url``: where those stand; ``notes``: public ones.
    """
    return drawn(context, QuotedSentence((position,)), text=text, found_url=found_url, notes=notes)


@register.simple_tag(takes_context=True)
def quoted_sentence(context, sentence: QuotedSentence, *, names_letter: bool = True) -> SafeString:
    """The same of a sentence with all positions in it. ``names_letter``: False below another from the same letter; what is
    copied names it always.
    """
    return drawn(context, sentence, notes=sentence.public_notes, names_letter=names_letter)


def drawn(
    context,
    sentence: QuotedSentence,
    *,
    text: str = "",
    words: str = "",
    found_url: str = "",
    notes: Sequence[Note] = (),
    names_letter: bool = True,
) -> SafeString:
    """A sentence as everything that quotes positions shows it. ``words``: what is copied, when ``text`` says more than that."""
    position = sentence.position
    letter, paragraph, url = position.letter, position.paragraph, position.get_absolute_url()
    name, before = str(position.name), position.before
    return format_html(
        QUOTATION,
        stance=position.stance,
        unchecked_class="" if sentence.has_checked else " quotation--unchecked",
        pk=position.pk,
        head=_heads(sentence),
        language=paragraph.language or "nl",
        url=url,
        before=format_html('<span class="quotation__before">{}</span> ', before) if before else "",
        text=text or sentence.text,
        name=name,
        with_others=f", {_with_others()}" if sentence.with_others else "",
        place=format_html(' · <a href="{}">{}&nbsp;{}</a>', found_url or url, _("al."), paragraph.anchor)
        if paragraph.anchor
        else "",
        source=source_of(letter) if names_letter else "",
        cite=cite(context, position.citation, url, name, words=words),
        notes=public_notes(notes),
    )


def source_of(letter: Letter) -> SafeString:
    """By what a quotation's letter is cited, and that another took its place."""
    newer = replaced(letter)
    return format_html(
        " · {}{}", quoted(unbroken(letter.citation)), format_html(" · {}", newer) if newer else ""
    )


def replaced(letter: Letter) -> SafeString | str:
    """That a published letter took the place of this one, and where that is; else nothing."""
    return link(letter.newer_url, _("vervangen door een latere brief")) if letter.newer_url else ""


def _heads(sentence: QuotedSentence) -> SafeString:
    """What is said in the sentence; of what only a part of it is, behind that part."""
    apart = not sentence.with_others
    return format_html_join(
        " ",
        "{}{}{}",
        (
            (
                stance(one, plain=True),
                format_html(' <span class="quotation__others">{}</span>', _with_others())
                if apart and one.with_others
                else "",
                "" if one.is_checked else unchecked(),
            )
            for one in sentence.positions
        ),
    )


def _with_others() -> str:
    return _("met anderen")


def unchecked() -> SafeString:
    return format_html(' <span class="unchecked">{}</span>', _("door computer herkend, niet nagekeken"))


def public_notes(notes: Sequence[Note]) -> SafeString:
    pieces = "".join(render_to_string("pieces/_note.html", {"note": note}) for note in notes or ())
    return mark_safe(pieces)  # noqa: S308 - our own template
