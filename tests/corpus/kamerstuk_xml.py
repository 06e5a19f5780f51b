"""The official edition as XML: ``officiele-publicatie`` (2010 and later), ``kamerwrk`` (1995-2009) and ``metadata.xml``.

The elements are those of shared descriptions of both formats; a real paper of 2023 was followed for the first.
"""

from xml.sax.saxutils import escape, quoteattr

from tests.corpus.editions import date_of, look, published_blocks, published_notes
from tests.corpus.source import Block, Kind, Letter, Run

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
LOOKS = {"bold": "vet", "italic": "cur", "underlined": "ondlijn", "capitals": "vet", "plain": "rom"}
SCHEMA = "http://technische-documentatie.oep.overheid.nl/repository/schemas/op-consolidated/op-consolidated_2014-05-15/xsd/op-xsd-2014-05-15.xsd"


def published(letter: Letter) -> bytes:
    facts = letter.published
    dossiers = "".join(
        f"<dossier><dossiernummer><dossiernr>{escape(number)}</dossiernr></dossiernummer><titel>{escape(title)}</titel></dossier>"
        for number, title in facts["dossiers"]
    )
    paper = facts["paper"].rsplit("-", 1)[-1]
    number = facts["number"].replace(paper, f'<ondernummer kamer="2">{paper}</ondernummer>')
    page = (
        f'<officiele-publicatie xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="{SCHEMA}">'
        '<metadata><meta name="OVERHEIDop.externMetadataRecord" scheme="" '
        f'content="https://zoek.officielebekendmakingen.nl/{facts["paper"]}/metadata.xml"/></metadata>\n<kamerstuk><kamerstukkop>'
        f'<tekstregel inhoud="vergaderjaar">Vergaderjaar {facts["session_year"]}</tekstregel>'
        f'<tekstregel inhoud="kameraanduiding">{facts["chamber"]}</tekstregel><tekstregel inhoud="kamernummer">2</tekstregel>'
        f'<tekstregel inhoud="documenttype"/></kamerstukkop>\n{dossiers}\n<stuk><stuknr>{number}</stuknr>'
        f'<titel>{escape(facts["sender"])} </titel><algemeen><vrije-tekst><tekst status="goed">\n'
        f"<al>{escape(facts['addressee'])}</al>\n<al>{escape(facts['dateline'])}</al>\n{_body(letter)}"
        "</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )
    return (DECLARATION + page).encode()


def _body(letter: Letter) -> str:
    written: list[str] = []
    rows: list[Block] = []
    items: list[Block] = []
    signatures: list[Block] = []
    notes = published_notes(letter)
    for block in (*published_blocks(letter), None):
        if rows and (block is None or block.kind != Kind.ROW):
            written.append(_table(rows))
            rows = []
        if items and (block is None or block.kind != Kind.ITEM):
            listed = "".join(
                f"<li><li.nr>{item.label}</li.nr><al>{_runs(item.runs, notes)}</al></li>" for item in items
            )
            written.append(f'<lijst type="expliciet">{listed}</lijst>')
            items = []
        if signatures and (block is None or block.kind != Kind.SIGNATURE):
            written.append(f"<tekst-sluiting>{''.join(map(_signature, signatures))}</tekst-sluiting>")
            signatures = []
        if block is None or block.kind == Kind.BREAK:
            continue
        waiting = {Kind.ROW: rows, Kind.ITEM: items, Kind.SIGNATURE: signatures}.get(block.kind)
        if waiting is not None:
            waiting.append(block)
        elif block.kind in (Kind.TITLE, Kind.HEADING):
            how = LOOKS[look(letter, block.level)] if block.level else "vet"
            written.append(f'<tussenkop kopopmaak="{how}">{escape(block.full_heading)}</tussenkop>')
        else:
            text = _runs(block.runs, notes)
            written.append(f"<al>{text.replace(' de ', ' de <?xpp afbreek?>', 1)}</al>")
    return "\n".join(written) + "\n"


def _runs(runs: tuple[Run, ...], notes: dict[str, str]) -> str:
    written = ""
    for run in runs:
        if run.note:
            written += (
                f'<noot id="ID-{run.note}-d36e77" type="voet"><noot.nr>{run.note}</noot.nr>'
                f"<noot.al>{escape(notes[run.note])}</noot.al></noot>"
            )
        else:
            written += f'<nadruk type="cur">{escape(run.text)}</nadruk>' if run.emphasis else escape(run.text)
    return written


def _signature(block: Block) -> str:
    first, last = _names(block.text)
    return (
        f"<ondertekening><functie>{escape(block.office)}</functie><naam><voornaam>{escape(first)}</voornaam>"
        f"<achternaam>{escape(last)}</achternaam></naam></ondertekening>"
    )


def _names(name: str) -> tuple[str, str]:
    """First names or initials, and the rest: "J. S. M. ten Hagen" is "J. S. M." and "ten Hagen"."""
    words = name.split()
    initials = [word for word in words if word.endswith(".")] or words[:1]
    return " ".join(initials), " ".join(words[len(initials) :])


def _table(rows: list[Block]) -> str:
    columns = "".join(f'<colspec colname="col{number}"/>' for number, _ in enumerate(rows[0].cells, start=1))
    written = [
        f"<row>{''.join(f'<entry><al>{escape(cell)}</al></entry>' for cell in row.cells)}</row>"
        for row in rows
    ]
    return (
        f'<table><tgroup cols="{len(rows[0].cells)}">{columns}<thead>{written[0]}</thead>'
        f"<tbody>{''.join(written[1:])}</tbody></tgroup></table>"
    )


def kamerwrk(letter: Letter) -> bytes:
    """The dialect of before 2010: flat, with the footnotes apart from their marks."""
    facts = letter.published
    notes = published_notes(letter)
    if note := facts.get("reprint_note"):
        notes = {"1": note} | notes
    dossiers = "".join(
        f"<dossier><dosnr>{escape(number)}</dosnr><titel>{escape(title)}</titel></dossier>"
        for number, title in facts["dossiers"]
    )
    number = escape(facts["number"])
    if "reprint_note" in facts:
        number = f"{number[:-1]}<voetref>1</voetref>"
    written = []
    for block in published_blocks(letter):
        if block.kind in (Kind.TITLE, Kind.HEADING):
            written.append(f'<tuskop letat="vet">{escape(block.full_heading)}</tuskop>')
        elif block.kind == Kind.SIGNATURE:
            written.append(
                f"<ondtek><functie>{escape(block.office)}</functie><naam>{escape(block.text)}</naam></ondtek>"
            )
        else:
            text = "".join(
                f"<voetref>{run.note}</voetref>" if run.note else escape(run.text) for run in block.runs
            )
            written.append(f"<al>{text}</al><witreg/>")
    page = (
        f"<kamerwrk><frontm><kamer>{facts['chamber']}</kamer><vergjaar>Vergaderjaar {facts['session_year']}</vergjaar>{dossiers}"
        f"<stuknr>{number}</stuknr><titel>{escape(facts['sender'])}</titel></frontm>\n<al>{escape(facts['addressee'])}</al>"
        f"<al>{escape(facts['dateline'])}</al>\n"
        + "\n".join(written)
        + "".join(
            f'<voetnoot nr="{mark}"><al>{escape(text)}</al></voetnoot>\n' for mark, text in notes.items()
        )
        + "</kamerwrk>"
    )
    return (DECLARATION + page).encode()


def metadata(letter: Letter) -> bytes:
    """``metadata.xml``, which stands beside the publication."""
    facts = letter.published
    paper = facts["paper"].rsplit("-", 1)[-1]
    dossier_titles = [title for _, title in facts["dossiers"]]
    fields = [
        ("DC.identifier", "OVERHEIDop.ParlID", facts["paper"]),
        ("DC.type", "OVERHEIDop.Parlementair", "Kamerstuk"),
        ("DC.title", "", f"{'; '.join(dossier_titles)}; Brief regering; {facts['title']}"),
        ("DC.creator", "OVERHEID.StatenGeneraal", facts["chamber"]),
        *(("OVERHEIDop.dossiernummer", "", number.replace(" ", "")) for number, _ in facts["dossiers"]),
        *(("OVERHEIDop.dossiertitel", "", title) for title in dossier_titles),
        ("OVERHEIDop.ondernummer", "", paper),
        ("OVERHEIDop.vergaderjaar", "", facts["session_year"]),
        *(("OVERHEIDop.indiener", "", name) for name in facts["submitters"]),
        ("OVERHEIDop.documenttitel", "", facts["title"]),
        ("OVERHEIDop.datumBrief", "", str(date_of(letter))),
        ("DCTERMS.language", "XSD.language", "nl"),
    ]
    written = "".join(
        f'  <metadata name="{name}" scheme="{scheme}" content={quoteattr(content)}/>\n'
        for name, scheme, content in fields
    )
    return (DECLARATION + f"<metadata_gegevens>\n{written}</metadata_gegevens>\n").encode()
