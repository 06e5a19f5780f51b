"""The search index in memory: all that lists filter, count and sort by, as columns of numbers.

The database keeps that index (``letters.models.index``), finds words, and gives the rows that are shown. Counting every value
of every filter over it costs it a reading of all rows for each filter: 300 to 900 ms on a million passages, where the same
columns in memory take 10 to 60. So each process has them, of one version of the corpus, and reads them anew when that changed.
"""

from letters.filters.corpus.keeping import corpus
from letters.filters.corpus.tables import Corpus, Letters, OfLetters, Passages, Positions, Table

__all__ = ["Corpus", "Letters", "OfLetters", "Passages", "Positions", "Table", "corpus"]
