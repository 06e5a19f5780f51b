"""Letters with something of everything that the API tells."""

from letters.models import LetterRedirect
from tests.factories import (
    make_agenda_topic,
    make_citation,
    make_footnote,
    make_letter,
    make_meeting,
    make_note,
    make_original,
    make_paragraph,
    make_position,
    make_section,
    make_session,
    make_signatory,
    make_submission,
    make_topic,
)


def make_api_data() -> dict:
    """A meeting with agenda and report, a letter that was withdrawn and one that moved. Originals are stored."""
    topic = make_topic("oekraine", "Oekraïne", aliases=["Kyiv"])
    below = make_topic("vredesmissie", "Vredesmissie", parent=topic)
    meeting = make_meeting("2023-11-28", place="Brussel")
    session = make_session(meeting, title="Steun")
    agenda_topic = make_agenda_topic(meeting, topics=[topic], session=session)
    agenda = make_letter(slug="kst-28676-446", meetings=[meeting], subject="Geannoteerde agenda")
    make_submission(agenda, paper_number="kst-28676-446", dossiers=["28676"], reference="BZ-2023-1")
    make_submission(agenda, "eerste-kamer")
    make_signatory(agenda, "Stef Blok")
    make_signatory(agenda, "", "minister van Defensie", signs=False)
    make_note(letter=agenda)
    make_original(agenda)
    LetterRedirect.objects.create(slug="2023-11-20-brief", letter=agenda)
    report = make_letter(
        "report", slug="verslag", date=None, meetings=[meeting], replaces=agenda, supplements=agenda
    )
    for letter in [agenda, report]:
        section = make_section(letter, topics=[topic], agenda_topics=[agenda_topic], session=session)
        paragraph = make_paragraph(section, "Dat is zo. Nederland steunt dit. Zie 28676, nr. 446.")
        make_citation(paragraph, "28676, nr. 446", "kst-28676-446")
        make_footnote(paragraph)
        position = make_position(paragraph, "Nederland steunt dit.", topics=[below])
        make_note(position=position)
        make_position(paragraph, "Dat is zo.", stance="view", status="unchecked", confidence=0.5, rule="zin")
        make_paragraph(make_section(letter, "", kind="introduction"), "Zonder anker.", anchor="")
    withdrawn = make_letter(slug="ingetrokken", status="withdrawn", meetings=[meeting])
    gone = make_position(make_paragraph(make_section(withdrawn), "Nederland zegt iets geheims."))
    draft = make_letter(slug="concept", status="draft", subject="Een concept", meetings=[meeting])
    make_paragraph(make_section(draft), "Nederland overweegt iets.")
    return {"agenda": agenda, "report": report, "position": position, "gone": gone}


def get(client, path: str, **headers):
    return client.get(f"/api/v1/{path}", headers=headers)
