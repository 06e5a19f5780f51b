"""How a reader ends when it cannot say so in an answer."""

#: For an answer that ran into RLIMIT_FSIZE; any number will do that Python itself does not use.
OUTPUT_TOO_LONG = 74
