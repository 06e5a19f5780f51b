"""Numbers as word processors write them in front of list paragraphs and at notes."""

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
#: A number with what stands around it; a style may claim anything.
MAX_LABEL = 60
#: The order of note marks in the Chicago Manual of Style; then doubled, tripled.
CHICAGO = "*†‡§"


def spell(count: int, form: str) -> str:
    """Write a number as Word does for a ``w:numFmt``; unknown formats as digits."""
    if not 1 <= count < 4000:  # letters and Roman numbers grow with the number
        return str(count)
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "chicago":
        return CHICAGO[(count - 1) % 4] * ((count - 1) // 4 + 1)
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    letters = ""
    for worth, letter in ROMAN:
        times, count = divmod(count, worth)
        letters += letter * times
    return letters
