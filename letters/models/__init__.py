from letters.models.absences import Absence
from letters.models.editions import Edition, File
from letters.models.letters import Letter, LetterRedirect, Publication, Signatory, Submission
from letters.models.meetings import AgendaTopic, Level, Meeting, Session
from letters.models.notes import Note
from letters.models.positions import Position
from letters.models.problems import Problem
from letters.models.text import Citation, Footnote, Paragraph, Section
from letters.models.topics import Topic, TopicName, TopicRedirect

__all__ = [
    "Absence",
    "AgendaTopic",
    "Citation",
    "Edition",
    "File",
    "Footnote",
    "Letter",
    "LetterRedirect",
    "Level",
    "Meeting",
    "Note",
    "Paragraph",
    "Position",
    "Problem",
    "Publication",
    "Section",
    "Session",
    "Signatory",
    "Submission",
    "Topic",
    "TopicName",
    "TopicRedirect",
]
