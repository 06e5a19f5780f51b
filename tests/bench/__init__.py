"""Measure how fast letters are read and imported, and that an import which is interrupted loses nothing.

`script/bench parsing` reads the letters in tests/letters, one format after another. `script/bench import` makes letters
of other years from our own, imports them into an empty database, and does so once more with interruptions. The figures
say something on a machine that does nothing else meanwhile.
"""
