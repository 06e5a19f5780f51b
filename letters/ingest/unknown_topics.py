"""Ask a person about a subject that the list of topics does not know. The machine makes no topics."""

from django.utils.translation import gettext as _

from letters.ingest.rows import RowMerger
from letters.models import Problem as StoredProblem
from letters.models import Section
from letters.parsing.parsed_letter import ParsedSection, Problem, SectionKind
from letters.parsing.topics import names_no_subject


def ask_topic(row: Section, section: ParsedSection, merger: RowMerger) -> None:
    """Ask for the topic of a section that names none, unless its heading names no subject or a person took its topics off.

    While the list is empty nothing is asked.
    """
    is_subject = row.kind == SectionKind.AGENDA_TOPIC and not section.is_part
    if not merger.topics or not is_subject or merger.topics_of_section[row.pk] or row.read.get("topics"):
        return
    if row.heading and not names_no_subject(row.heading):
        merger.problems.append(
            Problem(
                code=StoredProblem.TOPIC_UNKNOWN,
                field=f"section:{row.pk}",
                message=_(
                    "Het onderdeel “%(heading)s” noemt geen onderwerp van de lijst. Kies er een, voeg de kop toe als benaming, "
                    "of laat het zo."
                )
                % {"heading": row.heading},
            )
        )
