"""What a letter refers to: parliamentary papers, proceedings, and motions and commitments by name."""

from letters.parsing.citations.finding import find_citations, find_references
from letters.parsing.citations.papers import find_papers
from letters.parsing.citations.reference import Reference

__all__ = ["Reference", "find_citations", "find_papers", "find_references"]
