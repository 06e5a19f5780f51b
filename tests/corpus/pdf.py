"""PDFs: the ministry's letter, with its data in a second column on page one, and the official print of a Kamerstuk."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from tests.corpus.editions import look, published_blocks, published_notes
from tests.corpus.pdf_pages import FACES, HEIGHT, Pages, Style, register_fonts
from tests.corpus.source import Block, Kind, Letter, Run

SIDE = 425.0  # where the second column of a letterhead begins


def sent(letter: Letter) -> bytes:
    facts = letter.sent
    bare = facts["layout"] == "bare"
    style = Style(
        face="Vera",
        size=9,
        left=72,
        first_width=430 if bare else 330,
        width=430,
        first_top=770 if bare else 660,
        top=740,
        bottom=70,
        furniture=_furniture_sent(facts),
    )
    return _written(style, letter, letter.edition("sent"), letter.notes, _subject(facts))


def published(letter: Letter) -> bytes:
    """The print of a Kamerstuk: dossier and number in a column of their own, the year and number at the foot of every page."""
    facts = letter.published
    style = Style(
        face="Times",
        size=10,
        left=150,
        first_width=360,
        width=360,
        first_top=760,
        top=780,
        bottom=80,
        furniture=_furniture_published(facts),
    )
    return _written(style, letter, published_blocks(letter), published_notes(letter), _head(facts))


def _written(
    style: Style,
    letter: Letter,
    blocks: tuple[Block, ...],
    notes: dict[str, str],
    begin: Callable[[Pages], None],
) -> bytes:
    """Lay out twice: "Pagina 1 van 3" needs to know of the last page."""
    register_fonts()
    total = 1
    for _ in range(2):
        pages = Pages(style, notes, total)
        begin(pages)
        for block in blocks:
            _block(pages, letter, block)
        data, total = pages.finish()
    return data


def _block(pages: Pages, letter: Letter, block: Block) -> None:
    if block.kind == Kind.BREAK:
        pages.new_page()
    elif block.kind == Kind.ROW:
        pages.row(block.cells)
    elif block.kind == Kind.SIGNATURE:
        pages.keep(6)
        pages.space()
        pages.paragraph((Run(block.office),))
        pages.space(2)
        pages.paragraph((Run(block.text),))
    elif block.kind in (Kind.TITLE, Kind.HEADING):
        pages.keep(5)
        pages.space()
        pages.paragraph((Run(block.full_heading),), look(letter, block.level) if block.level else "bold")
    else:
        pages.space(0.3 if block.kind == Kind.ITEM else 0.8)
        pages.paragraph(block.runs, label=block.label)


def _subject(facts: dict) -> Callable[[Pages], None]:
    """What stands in the main column of page one, above the salutation."""

    def begin(pages: Pages) -> None:
        if facts["layout"] == "bare":
            return
        for label, text in (("Datum", facts["date"]), ("Betreft", facts["subject"])):
            pages.paragraph((Run(f"{label} {text}"),))
        pages.space(2)

    return begin


def _furniture_sent(facts: dict) -> Callable[[Canvas, int, int], None]:
    def furniture(canvas: Canvas, number: int, total: int) -> None:
        canvas.setFont("Vera", 7)
        if facts["layout"] == "bare":
            canvas.drawString(72, 40, f"Pagina {number} van {total}")
            return
        canvas.drawString(SIDE, 40, f"Pagina {number} van {total}")
        reference = [facts["reference_label"], *facts["reference"]]
        if number > 1:
            canvas.drawString(72, HEIGHT - 50, " ".join([facts["side"][0], *reference]))
            return
        canvas.setFont("VeraBd", 9)
        canvas.drawString(250, HEIGHT - 45, facts.get("ministry", facts["side"][0]))
        if "retour" in facts:
            canvas.setFont("Vera", 6)
            canvas.drawString(72, HEIGHT - 85, facts["retour"])
        _column(canvas, "Vera", 9, 72, HEIGHT - 105, facts["addressee"])
        enclosures = ["", "Bijlage(n)", facts["enclosures"]] if "enclosures" in facts else []
        reply = ["", *_wrapped(facts["reply"], 30)] if "reply" in facts else []
        _column(
            canvas, "Vera", 6.5, SIDE, HEIGHT - 180, [*facts["side"], "", *reference, *enclosures, *reply]
        )

    return furniture


def _head(facts: dict) -> Callable[[Pages], None]:
    def begin(pages: Pages) -> None:
        canvas, (regular, bold, _) = pages.canvas, FACES["Times"]
        canvas.setFont(bold, 12)
        canvas.drawString(150, 800, facts["chamber"])
        canvas.drawString(520, 800, "2")
        canvas.setFont(regular, 9)
        canvas.drawString(150, 780, f"Vergaderjaar {facts['session_year'].replace('-', '–')}")
        for number, title in facts["dossiers"]:
            pages.space()
            canvas.setFont(bold, 10)
            canvas.drawString(60, pages.y - pages.style.leading, number)
            pages.paragraph((Run(title),), "bold")
        pages.space()
        canvas.drawString(60, pages.y - pages.style.leading, facts["number"])
        pages.paragraph((Run(facts["sender"]),), "bold")
        pages.space()
        pages.paragraph((Run(facts["addressee"]),))
        pages.space()
        pages.paragraph((Run(facts["dateline"]),))

    return begin


def _furniture_published(facts: dict) -> Callable[[Canvas, int, int], None]:
    year = facts["session_year"].replace("-", "–")
    paper = facts["paper"].rsplit("-", 1)[-1]
    chamber = facts["chamber"].removesuffix(" der Staten-Generaal")
    line = f"{chamber}, vergaderjaar {year}, {facts['dossiers'][0][0]}, nr. {paper}"

    def furniture(canvas: Canvas, number: int, total: int) -> None:
        canvas.setFont(FACES["Times"][0], 8)
        canvas.drawString(150, 40, line)
        canvas.drawString(520, 40, str(number))
        if number == 1:
            canvas.drawString(60, 40, f"kst-{facts['paper'].removeprefix('kst-')}")
            canvas.drawString(60, 50, "ISSN 0921 - 7371")

    return furniture


def _column(canvas: Canvas, font: str, size: float, x: float, y: float, lines: list[str]) -> None:
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= size * 1.4


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
