"""Measure how fast letters are read, imported and found, and that an import which is interrupted loses nothing.

`script/bench parsing` reads the letters in tests/letters, one format after another. `script/bench import` makes letters
of other years from our own, imports them into an empty database, and does so once more with interruptions. `script/bench
search` writes thousands of such letters straight into a database, asks the site for its views as visitors do, and asks
Datasette the same. The figures say something on a machine that does nothing else meanwhile.
"""
