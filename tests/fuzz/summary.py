"""The figures of a run, as a table and a verdict."""

from collections import Counter
from dataclasses import dataclass, field

from tests.fuzz.letters import READERS
from tests.fuzz.trying import Became, Outcome
from tests.fuzz.working import Done

#: Bytes by which a process may grow after its first mutants: caches fill up.
MAY_GROW = 48 * 1024**2
#: Parts of a run after which a process is as large as it should be.
WARM = 3


@dataclass
class Summary:
    """``wrong``: what must not happen, in words."""

    outcomes: list[Outcome] = field(default_factory=list)
    memory: dict[int, list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, done: Done) -> None:
        self.outcomes += done.outcomes
        self.memory.setdefault(done.process, []).append(done.memory)
        if done.left:
            self.wrong.append(f"{done.left} readers of process {done.process} were left")

    @property
    def bugs(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.bug]

    @property
    def growth(self) -> int:
        """Bytes that a process grew, at most, once it was warm."""
        return max((max(sizes) - max(sizes[:WARM]) for sizes in self.memory.values()), default=0)

    @property
    def is_well(self) -> bool:
        return not self.wrong and not self.bugs and self.growth <= MAY_GROW

    def table(self) -> str:
        columns = [became for became in Became if any(outcome.became == became for outcome in self.outcomes)]
        lines = [
            f"{'':6}{'mutants':>9}"
            + "".join(f"{column:>{len(column) + 3}}" for column in columns)
            + f"{'slowest':>12}"
        ]
        for reader in (*READERS, "all"):
            of_reader = [outcome for outcome in self.outcomes if reader in (outcome.reader, "all")]
            if of_reader:
                counts = Counter(outcome.became for outcome in of_reader)
                slowest = max(outcome.seconds for outcome in of_reader)
                figures = "".join(f"{counts[column]:>{len(column) + 3}}" for column in columns)
                lines.append(f"{reader:6}{len(of_reader):>9}{figures}{slowest:>10.1f} s")
        return "\n".join(lines)

    def causes(self) -> str:
        counts = Counter(outcome.why for outcome in self.outcomes if outcome.became == Became.REFUSED)
        return "Refused: " + ", ".join(f"{cause} {number}" for cause, number in counts.most_common())

    def slow(self) -> list[Outcome]:
        """Those that ran out of time, or nearly."""
        return [outcome for outcome in self.outcomes if outcome.seconds > 10 and not outcome.bug]
