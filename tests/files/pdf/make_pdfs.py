"""Make the PDFs in this folder: layouts as ministries and the Kamer use them, with made-up words.

Run by hand when a layout changes, with reportlab 5 and Pillow, which are no requirement of the project. The two PDFs that
are not made here are the real letter of 2021 and the real agenda of 2023 in other layouts: their DOCX, given hyphenation
or no white space between paragraphs, converted by LibreOffice 7.4.
"""

from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
SANS, BOLD, ITALIC, SERIF = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman"

UKRAINE = (
    "De bijeenkomst begon met een sessie over Oekraïne. De ministers bespraken de voortzetting van de steun en de "
    "levering van munitie. Nederland riep de bondgenoten op om de productie te versnellen en om de toezeggingen van de "
    "top na te komen. Ook werd gesproken over de wederopbouw van de energievoorziening. Daarbij kwam de rol van de "
    "secretaris-generaal aan de orde, evenals de samenwerking tussen de EU en de NAVO-landen in het oosten."
)
CHINA = (
    "Bondgenoten wisselden van gedachten over de gevolgen van de opkomst van China voor de veiligheid van het "
    "bondgenootschap. Het kabinet hecht aan een eensgezinde benadering. Nederland verwelkomde de samenwerking met de "
    "partners in de Indo-Pacific en vroeg aandacht voor de bescherming van vitale infrastructuur op zee."
)
FLANK = (
    "Tot slot stond de zuidflank op de agenda. De secretaris-generaal lichtte de voorstellen toe. Nederland steunde de "
    "voorstellen en benadrukte dat deze ruimte moeten bieden voor samenwerking met de Afrikaanse Unie. De besluitvorming "
    "is voorzien in het najaar. De ministers kwamen overeen om de voortgang ieder half jaar te bespreken."
)


class Sheet:
    """A page that remembers where the next line goes."""

    def __init__(
        self, path, x=79, right=420, top=770, bottom=90, size=9, leading=13, font=SANS, chrome=None, **options
    ):
        self.pdf = canvas.Canvas(str(HERE / path), pagesize=A4, invariant=1, pageCompression=1, **options)
        self.x, self.right, self.top, self.bottom = x, right, top, bottom
        self.size, self.leading, self.font, self.chrome = size, leading, font, chrome
        self.page = 1
        self.y = top
        self.notes = []
        if chrome:
            chrome(self)

    def at(self, x, y, text, font=None, size=None):
        self.pdf.setFont(font or self.font, size or self.size)
        self.pdf.drawString(x, y, text)

    def line(self, text, font=None, x=None, size=None, underline=False):
        if self.y < self.bottom + self.note_height():
            self.next_page()
        x = x or self.x
        self.at(x, self.y, text, font, size)
        if underline:
            self.pdf.setLineWidth(0.5)
            self.pdf.line(
                x, self.y - 1.5, x + stringWidth(text, font or self.font, size or self.size), self.y - 1.5
            )
        self.y -= self.leading

    def note_height(self):
        return sum(9 * len(lines) for _, lines in self.notes) + (8 if self.notes else 0)

    def paragraph(self, text, font=None, justify=False, first=0, hang=0, gap=None):
        """Words are set one by one; ``word^1`` puts a raised footnote mark behind the word."""
        font = font or self.font
        x = self.x + hang
        lines, current, width = [], [], first
        for word in text.split():
            shown = word.split("^")[0]
            wide = stringWidth(shown, font, self.size) + (4 if "^" in word else 0)
            space = stringWidth(" ", font, self.size) if current else 0
            if current and width + space + wide > self.right - x:
                lines.append(current)
                current, width, space = [], 0, 0
            current.append(word)
            width += space + wide
        lines.append(current)
        for number, words in enumerate(lines):
            if self.y < self.bottom + self.note_height():
                self.next_page()
            at = x + (first if number == 0 else 0)
            natural = sum(
                stringWidth(word.split("^")[0], font, self.size) + (4 if "^" in word else 0) for word in words
            )
            space = stringWidth(" ", font, self.size)
            if justify and number < len(lines) - 1 and len(words) > 1:
                space = (self.right - at - natural) / (len(words) - 1)
            for word in words:
                shown, _, mark = word.partition("^")
                mark, _, tail = mark.partition("|")
                self.at(at, self.y, shown, font)
                at += stringWidth(shown, font, self.size)
                if mark:
                    self.at(at, self.y + 3, mark, font, self.size * 0.6)
                    at += stringWidth(mark, font, self.size * 0.6)
                    if tail:
                        self.at(at, self.y, tail, font)
                        at += stringWidth(tail, font, self.size)
                    self.put_note(mark)
                at += space
            self.y -= self.leading
        self.y -= self.leading if gap is None else gap

    def put_note(self, mark):
        lines = self.texts[mark]
        self.notes.append((mark, lines))

    def finish_page(self):
        if self.notes:
            y = self.bottom - 10 + self.note_height()
            self.pdf.setLineWidth(0.5)
            self.pdf.line(self.x, y, self.x + 120, y)
            y -= 9
            for mark, lines in self.notes:
                self.at(self.x, y + 2, mark, SANS, 4.5)
                for number, text in enumerate(lines):
                    self.at(self.x + (4 if number == 0 else 0), y, text, SANS, 7)
                    y -= 9
            self.notes = []

    def next_page(self):
        self.finish_page()
        self.pdf.showPage()
        self.page += 1
        self.y = self.top
        if self.chrome:
            self.chrome(self)

    def save(self):
        self.finish_page()
        self.pdf.save()


def ministry():
    """Sidebar beside the text on page one, a small one on the pages after it, footnotes in small print."""

    def chrome(sheet):
        if sheet.page == 1:
            sheet.at(300, 800, "Ministerie van Buitenlandse Zaken", SANS, 10)
            y = 690
            for text in ("Directie Veiligheidsbeleid", "Rijnstraat 8", "2515 XP Den Haag", "Postbus 20061", "Nederland",
                         "www.rijksoverheid.nl", "", "Onze referentie", "BZ2524001", "", "Uw referentie", "2025Z01234", "",
                         "Bijlage(n)", "1"):  # fmt: skip
                if text:
                    sheet.at(
                        465, y, text, BOLD if text.endswith(("beleid", "referentie", "(n)")) else SANS, 6.5
                    )
                y -= 9
        else:
            for number, text in enumerate(("Directie Veiligheidsbeleid", "Onze referentie", "BZ2524001")):
                sheet.at(465, 690 - 9 * number, text, SANS, 6.5)
        sheet.at(465, 40, f"Pagina {sheet.page} van 3", SANS, 6.5)

    sheet = Sheet("ministerie-met-zijkolom.pdf", top=690, bottom=110, chrome=chrome)
    sheet.texts = {
        "1": [
            "Kamerstuk 28 676, nr. 446, over de voorbereiding van de bijeenkomst van de ministers in",
            "Brussel.",
        ],
        "2": ["Zie ook de brief van 3 juni 2024."],
        "3": ["Kamerstuk 28 676, nr. 470."],
    }
    for text in ("> Retouradres Postbus 20061 2500 EB Den Haag", "", "Aan de Voorzitter van de",
                 "Tweede Kamer der Staten-Generaal", "Prinses Irenestraat 6", "Den Haag", "", ""):  # fmt: skip
        sheet.line(text)
    sheet.at(sheet.x + 57, sheet.y, "4 april 2025")
    sheet.line("Datum")
    sheet.at(sheet.x + 57, sheet.y, "Verslag van de bijeenkomst van de NAVO-ministers van Buitenlandse")
    sheet.line("Betreft")
    sheet.at(sheet.x + 57, sheet.y, "Zaken van 2 en 3 april 2025")
    sheet.y -= 39
    sheet.line("Geachte voorzitter,")
    sheet.y -= 13
    sheet.paragraph("Hierbij bied ik u, mede namens de minister van Defensie, het verslag aan van de bijeenkomst van "
                    "de NAVO-ministers van Buitenlandse Zaken van 2 en 3 april 2025 in Brussel.^1|")  # fmt: skip
    sheet.line("Oekraïne", ITALIC)
    sheet.paragraph(UKRAINE.replace("munitie.", "munitie^2|."))
    sheet.paragraph(CHINA)
    sheet.line("Zuidflank", underline=True)
    sheet.paragraph(FLANK)
    sheet.paragraph(UKRAINE.replace("De bijeenkomst begon", "De tweede dag begon"))
    sheet.line("China en de Indo-Pacific", ITALIC)
    sheet.paragraph(CHINA.replace("Het kabinet", "Het^3| kabinet"))
    sheet.paragraph(FLANK)
    sheet.paragraph(CHINA)
    sheet.paragraph(UKRAINE)
    sheet.paragraph(FLANK)
    sheet.line("De minister van Buitenlandse Zaken,")
    sheet.y -= 39
    sheet.line("A.B. de Voorbeeld")
    sheet.save()


def official():
    """An official Kamerstuk: labels in the left margin, a footer that repeats, hyphens of the typesetter."""

    def chrome(sheet):
        sheet.at(164, 36, "Tweede Kamer, vergaderjaar 2024–2025, 28 676, nr. 500", SANS, 7)
        sheet.at(520, 36, str(sheet.page), SANS, 7)
        if sheet.page == 1:
            sheet.at(52, 790, "Tweede Kamer der Staten-Generaal", BOLD, 16)
            sheet.at(520, 790, "2", BOLD, 16)
            sheet.at(52, 765, "Vergaderjaar 2024–2025", SANS, 9)
            for number, text in enumerate(("kst-28676-500", "ISSN 0921 - 7371", "’s-Gravenhage 2025")):
                sheet.at(52, 52 - 8 * number, text, SANS, 6)

    sheet = Sheet("kamerstuk.pdf", x=164, right=525, top=720, bottom=75, leading=12, chrome=chrome)
    sheet.texts = {"1": ["Kamerstuk 28 676, nr. 446."]}
    sheet.at(52, sheet.y, "28 676", BOLD, 12)
    sheet.at(164, sheet.y, "NAVO", BOLD, 12)
    sheet.y -= 30
    sheet.at(52, sheet.y, "Nr. 500", BOLD, 9)
    sheet.at(164, sheet.y, "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN", BOLD, 9)
    sheet.y -= 12
    sheet.at(164, sheet.y, "VAN DEFENSIE", BOLD, 9)
    sheet.y -= 24
    for text in (
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "",
        "Den Haag, 7 april 2025",
        "",
    ):
        sheet.line(text)
    sheet.paragraph("Hierbij bieden wij u het verslag aan van de bijeenkomst van de NAVO-ministers van Defensie op 13 en "
                    "14 februari 2025.", gap=12)  # fmt: skip
    sheet.line("De Minister van Buitenlandse Zaken,")
    sheet.line("A.B. de Voorbeeld")
    sheet.line("")
    sheet.line("De Minister van Defensie,")
    sheet.line("C. Voorbeeld")
    sheet.line("")
    sheet.line("Oekraïne", BOLD)
    sheet.line("")
    for text in ("De bijeenkomst begon met een sessie over Oekraïne. De minis-",
                 "ters bespraken de voortzetting van de steun en de levering van muni-",
                 "tie. Nederland riep de bondgenoten op om de productie te versnel-",
                 "len en om de toezeggingen na te komen. De landen van de NAVO-",
                 "flank in het oosten vroegen om extra luchtverdediging. De minister-",
                 "president sprak met zijn ambtgenoten over de EU-",
                 "NAVO samenwerking. Defensie- en buitenlandministers kwamen bij-",
                 "een over de defensie-",
                 "industrie, die in het hele bondgenootschap onder druk staat, en be-",
                 "sloten tot een plan. De ministers en hun bondgenoten, defensie-",
                 "en buitenlandministers bijeen, stemden in."):  # fmt: skip
        sheet.line(text)
    sheet.line("")
    sheet.line("China", BOLD)
    sheet.line("")
    sheet.paragraph(CHINA.replace("benadering.", "benadering.^1|"))
    for text in (FLANK, UKRAINE, CHINA, FLANK, UKRAINE, CHINA, FLANK):
        sheet.paragraph(text)
    sheet.save()


def defence():
    """One column, a table of labels and values, a header on the second and last page only, two signatures side by side."""

    def chrome(sheet):
        if sheet.page > 1:
            sheet.at(79, 800, "MINDEF20250012350", SANS, 7)
        sheet.at(79, 40, f"Pagina {sheet.page} van 2", SANS, 7)

    sheet = Sheet("defensie-met-tabel.pdf", right=510, top=760, bottom=80, size=10, leading=14, chrome=chrome)
    sheet.texts = {}
    sheet.line("> Retouradres Postbus 20701 2500 ES Den Haag", size=7)
    for text in (
        "",
        "de Voorzitter van de Tweede Kamer",
        "der Staten-Generaal",
        "Bezuidenhoutseweg 67",
        "2594 AC Den Haag",
        "",
    ):
        sheet.line(text)
    for label, value in (("Datum", "24 maart 2025"), ("Betreft", "Geannoteerde agenda informele bijeenkomst"),
                         ("Onze referentie", "MINDEF20250012350")):  # fmt: skip
        sheet.at(79, sheet.y, label)
        sheet.at(250, sheet.y, value)
        sheet.y -= 14
        if label == "Betreft":
            sheet.at(250, sheet.y, "van de NAVO-ministers van Defensie")
            sheet.y -= 14
    sheet.y -= 14
    sheet.line("Geachte voorzitter,")
    sheet.y -= 14
    for title, texts in (
        ("1. Oekraïne", (UKRAINE, FLANK)),
        ("2. China", (CHINA, UKRAINE)),
        ("3. Zuidflank", (FLANK,)),
    ):
        sheet.line(title, BOLD)
        for text in texts:
            sheet.paragraph(text, justify=True)
    sheet.line("De voorstellen zijn:")
    for label, text in (("•", "het versnellen van de productie van munitie en het gezamenlijk aankopen daarvan door de landen;"),
                        ("•", "het vergroten van de weerbaarheid;"),
                        ("•", "de bescherming van infrastructuur op zee.")):  # fmt: skip
        sheet.at(85, sheet.y, label)
        sheet.paragraph(text, hang=20, gap=0)
    sheet.y -= 14
    sheet.paragraph(CHINA, justify=True)
    sheet.paragraph(UKRAINE, justify=True)
    sheet.line("Hoogachtend,")
    sheet.y -= 14
    for pair in (("De minister van Defensie,", "De minister van Buitenlandse Zaken,"), ("", ""), ("", ""),
                 ("C. Voorbeeld", "A.B. de Voorbeeld")):  # fmt: skip
        if pair[0]:
            sheet.at(79, sheet.y, pair[0])
            sheet.at(320, sheet.y, pair[1])
        sheet.y -= 14
    sheet.save()


def hard_lines():
    """Justified text without white space between paragraphs: only short last lines part them. Headings look like text."""
    sheet = Sheet("zonder-witregels.pdf", right=480, top=770, bottom=80, size=10, leading=13)
    sheet.texts = {}
    sheet.line("Verslag van de bijeenkomst")
    for heading, texts in (
        ("Oekraïne", (UKRAINE, FLANK)),
        ("China", (CHINA, UKRAINE)),
        ("Zuidflank", (FLANK, CHINA, UKRAINE, FLANK, CHINA)),
    ):
        sheet.line(heading)
        for text in texts:
            sheet.paragraph(text, justify=True, gap=0)
    sheet.save()


def lone_header():
    """Two pages: the header stands on the second only, in the size of the text and no further from it than a paragraph."""

    def chrome(sheet):
        if sheet.page == 1:
            sheet.at(79, 797, "Ministerie van Buitenlandse Zaken", BOLD)
            y = 727
            for text in ("Directie Veiligheidsbeleid", "Rijnstraat 8", "2515 XP Den Haag", "", "Onze Referentie",
                         "BZDOC-812345678-12"):  # fmt: skip
                sheet.at(392, y, text, BOLD if text.endswith(("beleid", "Referentie")) else SANS)
                y -= 13
            sheet.y = 727
        else:
            sheet.at(79, 797, "Directie Veiligheidsbeleid")
            sheet.at(79, 786, "Onze Referentie")
            sheet.at(79, 765, "BZDOC-812345678-12")
            sheet.y = 744

    sheet = Sheet("kop-alleen-op-bladzijde-twee.pdf", right=520, bottom=480, size=9.5, chrome=chrome)
    for text in ("Aan de Voorzitter van de", "Tweede Kamer der Staten-Generaal", "", "", "", "", ""):
        sheet.line(text)
    for label, value in (
        ("Datum", "4 april 2025"),
        ("Betreft", "Verslag van de bijeenkomst van 2 en 3 april 2025"),
    ):
        sheet.at(300, sheet.y, value)
        sheet.line(label)
    sheet.line("")
    sheet.line("Geachte voorzitter,")
    sheet.line("")
    sheet.paragraph(CHINA, gap=8)
    sheet.paragraph(UKRAINE, gap=8)
    sheet.paragraph(FLANK, gap=8)
    sheet.line("De minister van Buitenlandse Zaken,")
    sheet.save()


def broken_name():
    """Three pages with a running header; on page one a narrow sidebar breaks the name of who writes, as high as the header."""

    def chrome(sheet):
        if sheet.page == 1:
            y = 797
            for text in ("Directie", "Veiligheidsbeleid", "Bezuidenhoutseweg 67", "2594 AC Den Haag", "", "Kenmerk",
                         "DVB/NW-812/25"):  # fmt: skip
                sheet.at(392, y, text, BOLD if text in ("Directie", "Veiligheidsbeleid", "Kenmerk") else SANS)
                y -= 16
            sheet.y = 797
        else:
            sheet.at(79, 797, "Directie Veiligheidsbeleid")
            sheet.at(392, 797, "Kenmerk DVB/NW-812/25")
            sheet.y = 750

    sheet = Sheet("directie-over-twee-regels.pdf", right=520, bottom=510, size=12, leading=16, chrome=chrome)
    for text in (
        "Aan de Voorzitter van de",
        "Tweede Kamer der Staten-Generaal",
        "Den Haag",
        "",
        "",
        "",
        "",
        "",
    ):
        sheet.line(text)
    sheet.line("Geachte voorzitter,")
    sheet.line("")
    for text in (FLANK, UKRAINE, CHINA, FLANK, UKRAINE):
        sheet.paragraph(text, gap=10)
    sheet.line("De minister van Buitenlandse Zaken,")
    sheet.save()


def subject_beside_sidebar():
    """The subject takes three lines; the sidebar's values stand on their baselines and between them, hardly a space away."""
    sheet = Sheet("betreft-naast-zijkolom.pdf", right=520, top=745, bottom=80, size=9.5, leading=12.5)
    sheet.line("Ministerie van Buitenlandse Zaken", size=12)
    for text in ("Aan de Voorzitter van de", "Tweede Kamer der Staten-Generaal", "Den Haag"):
        sheet.line(text)
    sheet.line("Datum   16 april 2025")
    for text in ("Betreft   Verslag van de bijeenkomst van de ministers van Buitenlandse",
                 "Zaken in Brussel op 2 en 3 april 2025 over de inzet van het kabinet, en",
                 "NAVO-vragen van de Kamer"):  # fmt: skip
        sheet.line(text)
    sheet.line("")
    sheet.line("Geachte voorzitter,")
    sheet.line("")
    sheet.paragraph(UKRAINE)
    edge = (
        79
        + stringWidth("Zaken in Brussel op 2 en 3 april 2025 over de inzet van het kabinet, en", SANS, 9.5)
        + 9
    )
    for y, text, font in ((732.5, "Directie Veiligheidsbeleid", BOLD), (723, "Rijnstraat 8", SANS),
                          (713.5, "2515 XP Den Haag", SANS), (695, "Onze Referentie", BOLD),
                          (682.5, "BZDOC-812345678-12", SANS), (670, "Uw Referentie", BOLD),
                          (660.5, "2025Z01234", SANS)):  # fmt: skip
        sheet.at(edge, y, text, font, 7)
    sheet.save()


def turned():
    """A word across page one, a second page on its side that viewers turn upright."""
    sheet = Sheet("gedraaide-bladzijde.pdf", right=480, size=10)
    sheet.pdf.saveState()
    sheet.pdf.rotate(50)
    sheet.at(500, 100, "CONCEPT", BOLD, 60)
    sheet.pdf.restoreState()
    sheet.paragraph(UKRAINE)
    sheet.next_page()
    sheet.pdf.setPageRotation(90)
    sheet.pdf.translate(A4[0], 0)
    sheet.pdf.rotate(90)
    sheet.y = 500
    sheet.line("China", BOLD)
    sheet.paragraph(CHINA)
    sheet.save()


def wrapped(text, width, font, size):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_in_two_columns():
    """An older official paper: two columns whose lines stand on the same heights, a paragraph that goes on in the second."""

    def chrome(sheet):
        sheet.at(164, 36, "Tweede Kamer, vergaderjaar 2003–2004, 28 676, nr. 12", SERIF, 7)
        sheet.at(530, 36, str(sheet.page), SERIF, 7)
        if sheet.page == 1:
            sheet.at(52, 790, "Tweede Kamer der Staten-Generaal", BOLD, 16)
            sheet.at(52, 765, "Vergaderjaar 2003–2004", SERIF, 9)
            sheet.at(52, 730, "28 676", BOLD, 12)
            sheet.at(164, 730, "NAVO", BOLD, 12)
            sheet.at(52, 700, "Nr. 12", BOLD, 9)
            sheet.at(164, 700, "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN", BOLD, 9)
            sheet.at(164, 660, "Den Haag, 7 april 2004", SERIF, 9)

    sheet = Sheet("kamerstuk-twee-kolommen.pdf", size=9, font=SERIF, chrome=chrome)
    for texts, top in (
        (("Oekraïne", UKRAINE, FLANK, "China", CHINA), 632),
        ((CHINA, "Slot", UKRAINE, FLANK), 790),
    ):
        lines = [
            (line, BOLD if len(text) < 20 else SERIF)
            for text in texts
            for line in (*wrapped(text, 225, SERIF, 9), "")
        ]
        half = len(lines) // 2 + 2
        for column, x in ((lines[:half], 52), (lines[half:], 310)):
            for number, (line, font) in enumerate(column):
                sheet.at(x, top - 11 * number, line, font)
        if sheet.page == 1:
            sheet.next_page()
    sheet.save()


def table_and_boxes():
    """A table of three columns, a box across the page, a box with the text beside it."""
    sheet = Sheet("tabel-en-kaders.pdf", right=520)
    sheet.line("Geachte voorzitter,")
    sheet.line("")
    sheet.paragraph(UKRAINE)
    for row, cells in enumerate((("Land", "Bijdrage", "Jaar"), ("Nederland", "2 miljard euro", "2024"),
                                 ("Duitsland", "7 miljard euro", "2024"), ("Letland", "0,3 miljard euro", "2025"))):  # fmt: skip
        for x, text in zip((83, 233, 383), cells, strict=True):
            sheet.at(x, sheet.y, text, BOLD if row == 0 else SANS)
        sheet.pdf.rect(79, sheet.y - 5, 450, 16)
        sheet.y -= 16
    sheet.y -= 20
    sheet.paragraph(CHINA)
    sheet.pdf.rect(79, sheet.y - 40, 441, 50)
    for number, text in enumerate(("Kader 1: Wat is hybride dreiging?",
                                   "Een hybride dreiging combineert militaire en niet-militaire middelen, en blijft onder de",
                                   "drempel van een gewapend conflict.")):  # fmt: skip
        sheet.at(85, sheet.y - 5 - 13 * number, text, BOLD if number == 0 else SANS)
    sheet.y -= 65
    top, sheet.right = sheet.y, 330
    sheet.paragraph(UKRAINE, gap=0)
    sheet.right = 520
    sheet.pdf.rect(345, top - 80, 170, 90)
    for number, text in enumerate(("Kader 2: bescherming", "De landen beschermen samen de", "kabels en leidingen op de bodem van",
                                   "de zee, waarover de ministers in een", "eerdere bijeenkomst hebben gesproken.")):  # fmt: skip
        sheet.at(350, top - 3 - 13 * number, text, BOLD if number == 0 else SANS, 8)
    sheet.paragraph(FLANK)
    sheet.save()


def note_over_two_pages():
    """A marking above every page; a word that is cut at the end of the page; a note that goes on on the next one."""

    def chrome(sheet):
        sheet.at(79, 815, "Departementaal Vertrouwelijk", BOLD, 8)
        sheet.at(465, 40, f"Pagina {sheet.page} van 2", SANS, 6.5)

    def notes(sheet, *lines):
        sheet.pdf.setLineWidth(0.5)
        sheet.pdf.line(79, 159, 199, 159)
        for number, (mark, text) in enumerate(lines):
            if mark:
                sheet.at(79, 152 - 9 * number, mark, SANS, 4.5)
            sheet.at(83 if mark else 79, 150 - 9 * number, text, SANS, 7)

    sheet = Sheet("noot-over-twee-bladzijden.pdf", bottom=170, chrome=chrome)
    for text in (UKRAINE, CHINA, FLANK, UKRAINE, CHINA, FLANK):
        sheet.paragraph(text)
    sheet.y = 196
    said = "Nederland steunt dit voorstel"
    sheet.at(79, sheet.y, said)
    sheet.at(79 + stringWidth(said, SANS, 9), sheet.y + 3, "1", SANS, 5.4)
    sheet.at(82 + stringWidth(said, SANS, 9), sheet.y, " en heeft dat in de raad uitgesproken. De bond-")
    sheet.line("")
    sheet.line("genoten waren het daarover eens en besloten om de onderlinge samen-")
    notes(sheet, ("1", "Kamerstuk 28 676, nr. 446, waarin het kabinet uiteen heeft gezet hoe het denkt over de rol van de"),
          ("", "landen in Europa en over de gevolgen voor de begroting, zoals ook eerder aan de"))  # fmt: skip
    sheet.next_page()
    sheet.line("werking te versterken. Daarbij is gekeken naar de inzet van middelen.")
    sheet.line("")
    sheet.paragraph(CHINA)
    notes(
        sheet, ("", "Kamer is gemeld in de brief van 3 juni 2024."), ("2", "Zie ook het verslag van de top.")
    )
    sheet.save()


def scan():
    pdf = canvas.Canvas(str(HERE / "scan-zonder-tekst.pdf"), pagesize=A4, invariant=1)
    pdf.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 0, 0, 595, 842)
    pdf.showPage()
    pdf.save()


def encrypted(path, user):
    lock = StandardEncryption(user, ownerPassword="eigenaar", canModify=0, strength=128)
    pdf = canvas.Canvas(str(HERE / path), pagesize=A4, encrypt=lock)
    pdf.drawString(79, 700, "Geachte voorzitter,")
    pdf.save()


ministry()
official()
defence()
hard_lines()
lone_header()
broken_name()
subject_beside_sidebar()
turned()
text_in_two_columns()
table_and_boxes()
note_over_two_pages()
scan()
encrypted("versleuteld.pdf", user="geheim")
encrypted("alleen-eigenaar.pdf", user="")
