"""Text as XML 1.0 can hold it."""

import re

#: What is no character of XML 1.0: https://www.w3.org/TR/xml/#charsets
NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with "�" for each character that a file of XML cannot hold."""
    return NO_CHARACTER.sub("\ufffd", text)
