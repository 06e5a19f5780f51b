"""Rows of a list: a passage that was found, a letter. As templates, of which a page has dozens, they took long."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from letters.languages import quoted
from letters.models import Letter, Paragraph, Submission
from letters.templatetags.citing import unbroken
from letters.templatetags.pieces import cite, in_spans, place_of_passage, stance, why
from letters.templatetags.quotations import replaced

register = template.Library()

PASSAGE = """<article class="passage" data-cited>
  <p class="meta">{place}{newer}</p>
  <h2 class="passage__heading"><a href="{found_url}">{heading}</a></h2>
  <p class="passage__text" lang="{language}">{text}</p>
  {more}
  {cite}
  {stances}
  {why}
</article>
"""
MORE = '<p class="passage__more"><a href="{}">{}</a></p>'
STANCES = '<ul class="stances" aria-label="{}">{}</ul>'

LETTER = """<article class="line">
  <p class="meta">{facts}</p>
  <h{level} class="line__title"><a href="{url}" lang="{language}">{title}</a></h{level}>
  <p class="line__more">{papers}{meetings}</p>
  {found}
  {why}
</article>
"""
FIRST_PASSAGE = '<p class="line__found">{} <a href="{}">{}</a></p>'


@register.simple_tag(takes_context=True)
def passage(context, found: Paragraph) -> SafeString:
    """A passage that was found, as ``letters.views.found`` gives it: with ``highlighted``, ``found_url``, ``is_cut``,
    ``words_to_copy`` and ``why``; its positions in ``shown_positions``.
    """
    url = found.found_url
    letter_url, newer = url.partition("#")[0], replaced(found.letter)
    stances = format_html_join(
        "",
        "<li>{}</li>",
        ([stance(one, f"{letter_url}#standpunt-{one.pk}")] for one in found.shown_positions),
    )
    return format_html(
        PASSAGE,
        place=place_of_passage(found, found.meeting),
        newer=format_html(" {}", in_spans([newer])) if newer else "",
        found_url=url,
        heading=quoted(found.section.title, found.section.language),
        language=found.language,
        text=found.highlighted or found.text,
        more=format_html(MORE, url, _("Lees de hele alinea")) if found.is_cut else "",
        cite=cite(
            context, found.citation, found.get_absolute_url(), _("deze passage"), words=found.words_to_copy
        ),
        stances=format_html(STANCES, _("Standpunten in deze alinea"), stances) if stances else "",
        why=why(found.why),
    )


@register.simple_tag
def letter_line(letter: Letter, level: int) -> SafeString:
    """A letter, its heading of this level (2 or 3); of a list also ``found_url``, its ``passage``, the first by which it was
    found, or None, and ``why``, as ``letters.views.found`` gives them.
    """
    signing = [quoted(str(signatory)) for signatory in letter.signatories.all() if signatory.signs]
    facts = [capfirst(letter.get_kind_display()), *([letter.written_on] if letter.date else []), *signing]
    if newer := replaced(letter):
        facts.append(newer)
    papers = [(_paper(submission),) for submission in letter.submissions.all()]
    meetings = [(meeting.get_absolute_url(), meeting.name) for meeting in letter.meetings.all()]
    found = getattr(letter, "passage", None)
    return format_html(
        LETTER,
        level=level,
        facts=in_spans(facts),
        url=getattr(letter, "found_url", "") or letter.get_absolute_url(),
        language=letter.language,
        title=letter.title,
        papers=format_html_join("", "<span>{}</span> ", papers),
        meetings=format_html_join("", '<a href="{}">{}</a> ', meetings),
        found=_first_passage(found) if found else "",
        why=why(getattr(letter, "why", ())),
    )


def _paper(submission: Submission) -> SafeString:
    """The chamber, and by what the paper is found there."""
    chamber, name = submission.get_chamber_display(), unbroken(submission.citation or submission.reference)
    if not name:
        return conditional_escape(unbroken(str(submission)))
    return format_html("{}{}", f"{chamber}, " if chamber else "", quoted(name))


def _first_passage(found: Paragraph) -> SafeString:
    words = _("al. %(anchor)s") % {"anchor": found.anchor} if found.anchor else _("Lees verder")
    return format_html(
        FIRST_PASSAGE,
        format_html('<span lang="{}">{}</span>', found.language, found.highlighted)
        if found.highlighted
        else _("Eerste passage:"),
        found.found_url,
        unbroken(words),
    )
