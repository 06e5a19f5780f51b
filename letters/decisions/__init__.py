"""What people decide: publish, withdraw, check, reject, add, rename, merge. The only writer of decisions.

Each function is one transaction, and holds the letters that it touches: a reading holds them too, so neither writes
over the other. ``Refused`` says in Dutch why something cannot be done, and what to do.
"""

from letters.decisions.editions import (
    attach,
    keep_apart,
    preview_text,
    replace,
    submit_to_other_chamber,
    supplement,
    supply_text,
)
from letters.decisions.locking import Refused, lock_letters
from letters.decisions.positions import add_position, decide, find_sentence
from letters.decisions.problems import resolve
from letters.decisions.publication import discard_draft, publish, withdraw
from letters.decisions.text import carry_heading, correct_text
from letters.decisions.topics import merge_topic, rename_topic_address

__all__ = [
    "Refused",
    "add_position",
    "attach",
    "carry_heading",
    "correct_text",
    "decide",
    "discard_draft",
    "find_sentence",
    "keep_apart",
    "lock_letters",
    "merge_topic",
    "preview_text",
    "publish",
    "rename_topic_address",
    "replace",
    "resolve",
    "submit_to_other_chamber",
    "supplement",
    "supply_text",
    "withdraw",
]
