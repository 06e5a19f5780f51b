"""What a machine reads of a made-up letter, and how it may read it otherwise; for ``tests.merge_story``."""

import datetime
from dataclasses import dataclass

from letters.parsing.parsed_letter import (
    LetterKind,
    Moment,
    ParsedLetter,
    ParsedMeeting,
    ParsedParagraph,
    ParsedPosition,
    ParsedSection,
    ParsedSession,
    SectionKind,
    Signatory,
    Stance,
)

SENTENCES = [
    "Het kabinet steunt de voortzetting van de hulp aan Oekraïne.",
    "Nederland pleit voor een eerlijke verdeling van lasten tussen bondgenoten.",
    "De secretaris-generaal opende de vergadering met een terugblik op Vilnius.",
    "Het kabinet maakt zich zorgen over de toename van hybride dreigingen.",
    "Duitsland en Polen vroegen aandacht voor luchtverdediging aan de oostflank.",
    "Nederland verwelkomt de toetreding van Zweden en Finland.",
    "In de tweede sessie kwam de zuidelijke nabuurschap aan bod.",
    "Het kabinet zal de Kamer in het voorjaar nader informeren.",
    "Turkije wees op het belang van terrorismebestrijding in de regio.",
    "Nederland levert een bijdrage aan de gevechtsgroep in Litouwen.",
    "De ministers spraken over de relatie met partners in Azië.",
    "Het kabinet roept bondgenoten op hun toezeggingen na te komen.",
]
#: Which sentences the machine takes for positions.
POSITIONS = {0, 1, 3, 5, 7, 9, 11}
STANCES = list(Stance)
HEADINGS = ["Oekraïne", "Lastenverdeling", "Hybride dreigingen", "Uitbreiding", "Partners"]
TOPICS = ["oekraine", "lastenverdeling", "cyber"]
DAY = datetime.date(2023, 11, 28)


@dataclass(frozen=True)
class Reading:
    """What the machine reads: sections of paragraphs of sentences, each a number and how it is worded."""

    sections: tuple[tuple[int, tuple[tuple[tuple[int, int], ...], ...]], ...]
    subject: str = "Geannoteerde agenda"
    day: int = 20
    signatories: tuple[str, ...] = ("Hanke Bruins Slot",)
    reference: str = "BZ-1"
    place: str = "Brussel"
    session: str = "Oekraïne"
    stance: int = 0

    def parsed(self) -> ParsedLetter:
        sections, positions, count = [], [], 0
        for heading, paragraphs in self.sections:
            written = []
            for sentences in paragraphs:
                text, start = "", 0
                for number, wording in sentences:
                    sentence = _worded(number, wording)
                    start = len(text) + 1 if text else 0
                    text = f"{text} {sentence}" if text else sentence
                    if number in POSITIONS:
                        positions.append(self._position(count, start, sentence, number))
                written.append(ParsedParagraph(text))
                count += 1
            sections.append(
                ParsedSection(
                    HEADINGS[heading],
                    SectionKind.AGENDA_TOPIC,
                    session=1,
                    paragraphs=tuple(written),
                    topics=(TOPICS[heading % 3],),
                )
            )
        return ParsedLetter(
            kind=LetterKind.ANNOTATED_AGENDA,
            chamber="Tweede Kamer",
            date=datetime.date(2023, 11, self.day),
            subject=self.subject,
            reference=self.reference,
            signatories=tuple(
                Signatory(name, "minister van Buitenlandse Zaken") for name in self.signatories
            ),
            meetings=(ParsedMeeting("NAVO", ("ministers van Buitenlandse Zaken",), DAY, None, self.place),),
            sessions=(ParsedSession(1, DAY, self.session),),
            sections=tuple(sections),
            positions=tuple({(one.paragraph, one.start): one for one in positions}.values()),
        )

    def _position(self, paragraph: int, start: int, sentence: str, number: int) -> ParsedPosition:
        stance = STANCES[(number + self.stance) % len(STANCES)]
        return ParsedPosition(
            paragraph,
            start,
            start + len(sentence),
            sentence,
            stance,
            "steunt",
            "het kabinet",
            "regel",
            0.9,
            Moment.STATED,
        )


def _worded(number: int, wording: int) -> str:
    """The sentence: as it is, with another dash and space, or with a word more."""
    sentence = SENTENCES[number]
    if wording == 1:
        return sentence.replace("-", "–").replace("Het kabinet", "Het\N{NO-BREAK SPACE}kabinet")
    return sentence.replace(" de ", " de gezamenlijke ", 1) if wording == 2 else sentence
