"""The official edition as a web page: as published, and as saved from another site with that site's furniture around it."""

from html import escape

from tests.corpus.editions import date_of, look, published_blocks, published_notes
from tests.corpus.source import Block, Kind, Letter, Run

LOOKS = {"bold": "vet", "italic": "cur", "underlined": "ondlijn", "capitals": "vet", "plain": "rom"}


def published(letter: Letter) -> bytes:
    """A page of officielebekendmakingen.nl."""
    facts = letter.published
    dossiers = "".join(
        f'<h1 class="dossiertitel"><span class="dossiernummer">{escape(number)}</span> {escape(title)}</h1>\n'
        for number, title in facts["dossiers"]
    )
    numbers = "; ".join(number.replace(" ", "") for number, _ in facts["dossiers"])
    page = (
        '<!DOCTYPE html>\n<html lang="nl"><head><meta charset="utf-8">'
        f"<title>{escape(facts['dossiers'][0][1])}; Brief regering; {escape(facts['title'])}</title></head>\n"
        '<body><nav>U bent hier: <a href="/">Home</a></nav>\n<table class="metadata"><tr><th>Datum publicatie</th>'
        "<th>Organisatie</th><th>Vergaderjaar</th><th>Dossier- en ondernummer</th></tr>"
        f"<tr><td>{date_of(letter):%d-%m-%Y}</td><td>{facts['chamber']}</td><td>{facts['session_year']}</td>"
        f"<td>{numbers} nr. {facts['paper'].rsplit('-', 1)[-1]}</td></tr></table>\n"
        f'<div class="stuk">{dossiers}<h1 class="stuktitel"><span class="stuknummer">{_number(facts)}</span> '
        f"{escape(facts['sender'])}</h1>\n{_text(letter)}{_notes(letter)}</div>\n"
        '<a href="#top">Naar boven</a></body></html>'
    )
    return page.encode()


def saved(letter: Letter) -> bytes:
    """A page of another site, saved by a browser: its menu, search form, list of related papers, script and footer included."""
    facts = letter.published
    heads = "".join(f"<p>{escape(f'{number} {title}')}</p>" for number, title in facts["dossiers"])
    page = (
        "<!DOCTYPE html>\n<!-- saved from url=(0052)https://voorbeeld.example/kamerstukken/detail -->\n"
        '<html lang="nl"><head><meta charset="utf-8">'
        f"<title>{escape(facts['title'])} | Voorbeeld</title><style>.menu {{ color: red }}</style>"
        '<script>window.dataLayer = ["<p>Nederland steunt dit.</p>"];</script></head><body>'
        '<header><a href="#inhoud">Direct naar de inhoud</a><nav class="menu"><ul><li><a href="/">Home</a></li>'
        '<li><a href="/debat">Debat en vergadering</a></li><li><a href="/kamerstukken">Kamerstukken</a></li></ul></nav>'
        '<form role="search"><label>Zoeken</label><input type="search"><button>Zoek</button></form></header>'
        '<main id="inhoud"><p class="breadcrumb">U bent hier: Kamerstukken &rsaquo; Brieven regering</p>'
        f"<h1>{escape(facts['title'])}</h1>"
        f'<p class="meta">Nummer: 2031D41170, datum: {date_of(letter)}, versie: 1</p>'
        '<p><a href="/download">Preview document (🔗 origineel)</a></p>'
        '<p>Onderdeel van zaak <a href="/zaak">2031Z17097</a>:</p>'
        f"<article>{heads}<p>{_number(facts)}</p><p>{escape(facts['sender'])}</p>{_text(letter)}{_notes(letter)}</article></main>"
        "<aside><h2>Gerelateerde documenten</h2><ul><li><a>Verslag van een commissiedebat, gehouden op 3 juni</a></li>"
        "<li><a>Brief van de minister over de defensiebegroting</a></li></ul></aside>"
        "<footer><h2>Contact</h2><p>Voorbeeldplein 1, Den Haag</p><p>Cookies | Privacy | Toegankelijkheid</p></footer>"
        "</body></html>"
    )
    return page.encode()


def _number(facts: dict) -> str:
    number, note = facts["number"], facts.get("reprint_note")
    return f'{number[:-1]}<sup><a class="nootnum" href="#n1">1</a></sup>' if note else escape(number)


def _text(letter: Letter) -> str:
    facts = letter.published
    written = [
        f'<p class="al">{escape(facts["addressee"])}</p>',
        f'<p class="al">{escape(facts["dateline"])}</p>',
    ]
    blocks = published_blocks(letter)
    opened = ""
    for block in blocks:
        element = {Kind.ITEM: "ul", Kind.ROW: "table"}.get(block.kind, "")
        if opened != element:
            written.append(f"</{opened}>" if opened else "")
            written.append(f'<{element} class="expliciet">' if element else "")
            opened = element
        written.append(_block(letter, block))
    written.append(f"</{opened}>" if opened else "")
    return "\n".join(line for line in written if line) + "\n"


def _block(letter: Letter, block: Block) -> str:
    if block.kind == Kind.BREAK:
        return ""
    if block.kind == Kind.TITLE:
        return f'<h2 class="tussenkop_vet">{escape(block.text)}</h2>'
    if block.kind == Kind.HEADING:
        level = min(block.level + 1, 4)
        return f'<h{level} class="tussenkop_{LOOKS[look(letter, block.level)]}">{escape(block.full_heading)}</h{level}>'
    if block.kind == Kind.SIGNATURE:
        first, _, last = block.text.rpartition(" ")
        name = f'{escape(first)} <span class="achternaam">{escape(last)}</span>'
        return (
            f'<p class="ondertekening"><span class="functie">{escape(block.office)}</span> '
            f'<span class="naam">{name}</span></p>'
        )
    if block.kind == Kind.ROW:
        return f"<tr>{''.join(f'<td><p>{escape(cell)}</p></td>' for cell in block.cells)}</tr>"
    if block.kind == Kind.ITEM:
        return f'<li class="li"><p class="labeled"><span class="ol">{escape(block.label)}</span> {_runs(block.runs)}</p></li>'
    return f'<p class="al">{_runs(block.runs)}</p>'


def _runs(runs: tuple[Run, ...]) -> str:
    written = ""
    for run in runs:
        if run.note:
            written += f'<sup><a class="nootnum" id="d{run.note}" href="#n{run.note}">{run.note}</a></sup>'
        else:
            written += f"<em>{escape(run.text)}</em>" if run.emphasis else escape(run.text)
    return written


def _notes(letter: Letter) -> str:
    notes = published_notes(letter)
    if note := letter.published.get("reprint_note"):
        notes = {"1": note} | notes
    if not notes:
        return ""
    written = "".join(
        f'<div class="voet noot"><sup><a class="nootnum" id="n{mark}" href="#d{mark}">{mark}</a></sup> '
        f"<p>{escape(text)}</p></div>"
        for mark, text in notes.items()
    )
    return f'<div id="noten">{written}</div>'
