"""What questions for words found: the rows, kept for when the same is asked again under other filters."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import numpy as np

#: Questions that are kept, those asked last. What each found takes up to four megabytes where there are a million passages.
MOST = 32


class FoundWords:
    """Of one corpus: another has other rows."""

    def __init__(self):
        self._kept: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()
        self._changing = Lock()

    def rows(self, of: str, words: str, find: Callable[[], np.ndarray]) -> np.ndarray:
        """The rows of a table that hold the words: as ``find`` gives them, which the database is asked for."""
        key = of, words
        with self._changing:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = find().astype(np.int32)
        with self._changing:
            self._kept[key] = found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found
