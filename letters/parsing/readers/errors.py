"""Why a file could not be read: one class per cause, each with a Dutch sentence that says what to do."""


class NotReadable(Exception):
    """A file that gives no letter. ``str()`` is a Dutch sentence for the clerk; ``file_name`` is the file it is about."""

    message = "Dit bestand kan niet gelezen worden. Lever de brief aan als PDF, DOCX, ODT of TXT."

    def __init__(self, message: str = "", *, file_name: str = "") -> None:
        super().__init__(message or self.message)
        self.file_name = file_name


class EmptyFile(NotReadable):
    message = "Dit bestand is leeg. Kies het bestand opnieuw of vraag de afzender om een nieuw exemplaar."


class TooMuchText(NotReadable):
    message = (
        "Dit bestand bevat veel meer tekst of bladzijden dan een brief. "
        "Lever alleen de brief aan, zonder dossier of bundel eromheen."
    )


class EncryptedPdf(NotReadable):
    message = (
        "Deze PDF is met een wachtwoord beveiligd. Sla de brief op zonder wachtwoord en lever die versie aan."
    )


class EncryptedWord(NotReadable):
    message = (
        "Dit Word-bestand is met een wachtwoord beveiligd. "
        "Verwijder het wachtwoord in Word (Bestand > Info > Document beveiligen) en lever het opnieuw aan."
    )


class EncryptedOdt(NotReadable):
    message = (
        "Dit ODT-bestand is met een wachtwoord beveiligd. Open het in LibreOffice of Word, sla het op zonder wachtwoord "
        "(Opslaan als) en lever die versie aan."
    )


class WrongType(NotReadable):
    message = "De inhoud van dit bestand past niet bij de naam. Geef het bestand de juiste extensie en lever het opnieuw aan."


class BrokenFile(NotReadable):
    message = "Dit bestand is beschadigd of niet compleet. Download of verstuur het opnieuw en lever het dan nog eens aan."


class ScanWithoutText(NotReadable):
    message = (
        "Deze PDF is een scan: er staan alleen plaatjes in, geen tekst. "
        "Lever het oorspronkelijke document aan of een PDF met tekstherkenning (OCR)."
    )


class OldWord(NotReadable):
    message = "Dit is een Word-bestand in het oude .doc-formaat. Open het in Word, sla het op als .docx en lever dat aan."


class UnknownType(NotReadable):
    message = "Dit soort bestand wordt niet ondersteund. Lever de brief aan als PDF, DOCX, ODT, HTML of TXT."


class OtherXml(NotReadable):
    message = (
        "Dit XML-bestand is geen Kamerstuk van officielebekendmakingen.nl en ook niet de metadata daarvan. "
        "Lever de brief aan als PDF, DOCX, ODT, HTML of TXT."
    )


class ReadingTimedOut(NotReadable):
    message = (
        "Het lezen van dit bestand duurde te lang en is afgebroken. "
        "Sla het document opnieuw op als PDF of DOCX en probeer het nog eens."
    )


class ReadingTookTooMuchMemory(NotReadable):
    message = (
        "Dit bestand vraagt bij het lezen te veel geheugen en is daarom geweigerd. "
        "Sla het document opnieuw op, zonder afbeeldingen, en probeer het nog eens."
    )


class ReadingGaveTooMuch(NotReadable):
    message = "Dit bestand levert te veel uitvoer op en is daarom geweigerd. Lever alleen de brief aan, zonder bijlagen."


class ReadingCrashed(NotReadable):
    message = (
        "Het lezen van dit bestand is onverwacht gestopt. Sla het document opnieuw op als PDF of DOCX en probeer "
        "het nog eens; meld het aan de beheerder als het weer misgaat."
    )


class OnlyMetadata(NotReadable):
    message = (
        "Dit zijn alleen metagegevens, niet de brief zelf. "
        "Lever de brief (PDF, DOCX, ODT, TXT, HTML of XML) samen met de metagegevens aan."
    )


class SeveralLetters(NotReadable):
    message = (
        "Deze bestanden zijn verschillende brieven. Lever ze één voor één aan; "
        "alleen een brief met zijn eigen bijlagen en metagegevens gaat samen."
    )


class SeveralEditions(NotReadable):
    message = (
        "Deze bestanden bevatten dezelfde tekst: het zijn edities van één brief. "
        "Lever ze één voor één aan; ze worden dan bij dezelfde brief gezet."
    )


#: By class name, for an answer that comes out of another process.
CAUSES: dict[str, type[NotReadable]] = {
    cause.__name__: cause for cause in (NotReadable, *NotReadable.__subclasses__())
}
