from letters.quotations import points_back, sentence_before


class Quoted:
    """What rows share that quote a whole sentence. They have ``letter``, ``paragraph`` (or None), ``start`` and ``sentence``."""

    @property
    def meeting(self):
        """The one meeting that it is about, or None; also when its words are gone."""
        return self.paragraph.section.meeting_in(self.letter) if self.paragraph_id else None

    @property
    def section_url(self) -> str:
        return self.paragraph.section.url_in(self.letter)

    @property
    def citation(self) -> str:
        """Where the quotation stands, as a briefing cites it; only the letter when its words are gone."""
        return self.letter.citation_at(self.paragraph) if self.paragraph else self.letter.citation

    @property
    def before(self) -> str:
        """The sentence in front of the quotation when that points back ("Het kabinet steunt dit beleid."), else ""."""
        if self.paragraph is None or not points_back(self.sentence):
            return ""
        return sentence_before(self.paragraph.text, self.start)

    @property
    def quotation(self) -> str:
        """What is shown and copied: the whole sentence, after the one before it when it points back."""
        return f"{self.before} {self.sentence}".strip()
