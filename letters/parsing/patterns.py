"""Regular expressions written as a list of alternatives, one wording a line."""

import re


def either(*alternatives: str) -> re.Pattern[str]:
    """Compile a pattern that matches any of the alternatives, whatever the case."""
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)
