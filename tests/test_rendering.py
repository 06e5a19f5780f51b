"""A paragraph's words as HTML: exact, escaped, with every mark at its place."""

import pytest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from letters.models import Citation, Footnote, Paragraph, Position
from letters.rendering import Span, paragraph_html, render


def span(start, end, tag) -> Span:
    return Span(start, end, SafeString(f"<{tag}>"), SafeString(f"</{tag}>"))


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], "abcdef"),
        ([[span(0, 6, "a")]], "<a>abcdef</a>"),
        ([[span(1, 3, "a")]], "a<a>bc</a>def"),
        ([[span(1, 5, "a")], [span(2, 3, "b")]], "a<a>b<b>c</b>de</a>f"),  # inside
        ([[span(0, 3, "a")], [span(2, 5, "b")]], "<a>ab<b>c</b></a><b>de</b>f"),  # crossing
        ([[span(0, 4, "a"), span(2, 6, "b")]], "<a>ab</a><a><b>cd</b></a><b>ef</b>"),
        ([[span(0, 2, "a"), span(0, 2, "b")]], "<a><b>ab</b></a>cdef"),  # two acts in one sentence
        ([[span(4, 99, "a")]], "abcd<a>ef</a>"),  # a span beyond the text ends with it
        ([[span(3, 3, "a")]], "abcdef"),
    ],
)
def test_spans_nest_whatever_their_order(layers, expected):
    assert render("abcdef", layers) == expected


def test_what_is_inserted_stands_at_its_character():
    inserts = [(6, SafeString("3")), (0, SafeString("1")), (3, SafeString("2")), (99, SafeString("4"))]

    assert render("abcdef", [[span(0, 3, "a")]], inserts) == "<a>1abc2</a>def34"


def test_text_is_escaped_and_comes_out_unchanged():
    text = "De <b>“5%-norm”</b> & meer"

    html = render(text, [[span(3, 10, "mark")]])

    assert html == "De <mark>&lt;b&gt;“5%-</mark>norm”&lt;/b&gt; &amp; meer"
    assert strip_tags(html) == "De &lt;b&gt;“5%-norm”&lt;/b&gt; &amp; meer"


def test_text_around_an_insert_is_escaped_too():
    assert render("a<b&c", [], [(3, SafeString("1"))]) == "a&lt;b1&amp;c"


@pytest.mark.parametrize(
    ("mark", "html"),
    [
        ({"kind": "emphasis"}, "<em>Zie</em> hier"),
        ({"kind": "strong"}, "<strong>Zie</strong> hier"),
        (
            {"kind": "link", "value": "https://navo.int/?a=1&b=2"},
            '<a href="https://navo.int/?a=1&amp;b=2" rel="noreferrer">Zie</a> hier',
        ),
        ({"kind": "link", "value": "javascript:alert(1)"}, "Zie hier"),
        ({"kind": "link", "value": ""}, "Zie hier"),
        ({"kind": "footnote", "value": "1"}, "Zie hier"),  # footnotes come from their own rows
        ({"kind": "anders"}, "Zie hier"),
    ],
)
def test_marks_of_the_original_become_elements(mark, html):
    paragraph = Paragraph(text="Zie hier", marks=[mark | {"start": 0, "end": 3}])

    assert paragraph_html(paragraph) == html


def test_a_footnote_at_the_end_of_a_position_stands_in_it():
    paragraph = Paragraph(text="Nederland steunt dit. Meer.")
    position = Position(stance="support", status="checked", start=0, end=21)

    html = paragraph_html(paragraph, positions=[position], footnotes=[(7, Footnote(mark="2", offset=21))])

    assert html == (
        '<span class="position position--support">Nederland steunt dit.'
        '<a class="footnote-mark" id="vm-7" href="#vn-7" aria-label="Voetnoot 2">2</a></span> Meer.'
    )


def test_a_position_that_nobody_checked_looks_different():
    paragraph = Paragraph(text="Nederland steunt dit.")
    position = Position(stance="support", status="unchecked", start=0, end=21)

    html = paragraph_html(paragraph, positions=[position])

    assert html == '<span class="position position--support position--unchecked">Nederland steunt dit.</span>'


@pytest.mark.parametrize(
    ("offset", "html"),
    [
        (29, 'Zie <a href="/b/">Kamerstuk 28 676, nr. 474</a>{}.'),
        (13, 'Zie <a href="/b/">Kamerstuk</a>{}<a href="/b/"> 28 676, nr. 474</a>.'),
        (4, 'Zie {}<a href="/b/">Kamerstuk 28 676, nr. 474</a>.'),
    ],
)
def test_a_footnote_mark_never_stands_inside_a_link(offset, html):
    paragraph = Paragraph(text="Zie Kamerstuk 28 676, nr. 474.")
    citation = Citation(paper_number="kst-28676-474", start=4, end=29)

    shown = paragraph_html(
        paragraph, citations=[(citation, "/b/")], footnotes=[(7, Footnote(mark="2", offset=offset))]
    )

    mark = '<a class="footnote-mark" id="vm-7" href="#vn-7" aria-label="Voetnoot 2">2</a>'
    assert shown == html.format(mark)


def test_a_link_in_a_position_that_ends_with_it_keeps_the_mark_in_the_position():
    paragraph = Paragraph(text="Nederland steunt nr. 474")
    position = Position(stance="support", status="checked", start=0, end=24)
    citation = Citation(paper_number="kst-28676-474", start=17, end=24)

    html = paragraph_html(
        paragraph,
        positions=[position],
        citations=[(citation, "/b/")],
        footnotes=[(7, Footnote(mark="2", offset=24))],
    )

    assert html == (
        '<span class="position position--support">Nederland steunt <a href="/b/">nr. 474</a>'
        '<a class="footnote-mark" id="vm-7" href="#vn-7" aria-label="Voetnoot 2">2</a></span>'
    )


def test_a_name_without_an_address_is_no_link():
    paragraph = Paragraph(text="Conform de motie-Piri.")
    citation = Citation(kind="motion", name="motie-Piri", start=11, end=21)

    html = paragraph_html(paragraph, citations=[(citation, "")])

    assert html == 'Conform de <span class="citation">motie-Piri</span>.'
