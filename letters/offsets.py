"""Offsets into a text that is corrected: where a place in the old text lies in the new one."""

from difflib import SequenceMatcher


class OffsetCarrier:
    """Maps character offsets of ``old`` to ``new``. A place inside replaced words lands at the end of what replaced them."""

    def __init__(self, old: str, new: str):
        self.changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        self.length = len(new)

    def __call__(self, offset: int) -> int:
        for tag, start, end, new_start, new_end in self.changes:
            if start <= offset < end:
                return new_start + offset - start if tag == "equal" else new_end
        return self.length
