from letters.models.absences import Absence
from letters.models.bookmarks import Bookmark
from letters.models.commitments import CommitmentMention, FollowUp
from letters.models.corpus import CorpusVersion
from letters.models.editions import Edition, File
from letters.models.index import IndexedLetter, IndexedPassage, IndexedPosition, TopicSet
from letters.models.letters import Letter, LetterRedirect, Publication, Submission
from letters.models.meetings import AgendaTopic, Level, Meeting, Session
from letters.models.notes import Note
from letters.models.positions import Position, QuotedSentence, by_sentence
from letters.models.problems import Problem
from letters.models.signatories import Signatory
from letters.models.text import Citation, Footnote, Paragraph, Section
from letters.models.topics import Topic, TopicName, TopicRedirect
from letters.models.words import LetterWords, Word

__all__ = [
    "Absence",
    "AgendaTopic",
    "Bookmark",
    "Citation",
    "CommitmentMention",
    "CorpusVersion",
    "Edition",
    "File",
    "FollowUp",
    "Footnote",
    "IndexedLetter",
    "IndexedPassage",
    "IndexedPosition",
    "Letter",
    "LetterRedirect",
    "LetterWords",
    "Level",
    "Meeting",
    "Note",
    "Paragraph",
    "Position",
    "Problem",
    "Publication",
    "QuotedSentence",
    "Section",
    "Session",
    "Signatory",
    "Submission",
    "Topic",
    "TopicName",
    "TopicRedirect",
    "TopicSet",
    "Word",
    "by_sentence",
]
