"""Write the corpus: ``python -m tests.corpus DIR``."""

import sys
from pathlib import Path

from tests.corpus import read_letters, write

if len(sys.argv) != 2:
    sys.stderr.write("Gebruik: script/corpus DIR (een map, die er nog niet hoeft te zijn)\n")
    sys.exit(2)
write(Path(sys.argv[1]))
sys.stdout.write(
    f"{len(read_letters())} brieven in {sys.argv[1]}/letters, wat er staat in {sys.argv[1]}/gold\n"
)
