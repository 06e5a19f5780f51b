"""The evaluation as text: what ``script/evaluate`` prints."""

from collections import Counter
from collections.abc import Iterable, Mapping

from letters.parsing.evaluation.comparison import NOTHING, Score
from letters.parsing.evaluation.positions import (
    Judged,
    Verdict,
    calibration,
    confusion,
    verdicts_per_rule,
)
from letters.parsing.evaluation.reading import FORMATS, HELD_OUT, Evaluation
from letters.parsing.parsed_letter import Stance

_MISTAKES = tuple(verdict for verdict in Verdict if verdict is not Verdict.RIGHT)


def report(evaluation: Evaluation, *, positions: bool = False, held_out: bool = False) -> str:
    """A table per letter with what differs, totals, per format, the positions, and a total line.

    ``positions``: every position that was missed, too much or wrong as well. Only the numbers of letters that are held out
    are told, unless ``held_out``: who makes the rules of reading must not see their text.
    """
    lines: list[str] = []
    for name, scores in evaluation.letters.items():
        lines += ["", name, *_table(scores, with_text=held_out or evaluation.parts.get(name) != HELD_OUT)]
    groups = _groups(evaluation)
    if evaluation.letters:
        lines += ["", f"Alle {len(evaluation.letters)} gelezen brieven", *_table(evaluation.totals())]
        lines += ["", "F1 per veld en formaat", *_by_format(evaluation)]
    for title, some in groups.items():
        lines += ["", f"F1 per veld en formaat, {title}", *_by_format(some)]
    shown = evaluation if held_out else evaluation.where(lambda name: evaluation.parts.get(name) != HELD_OUT)
    if positions:
        lines += [*_mistakes("Standpunten met fouten", shown), *_rules(shown)]
    for title, some in {"alle brieven": evaluation, **groups}.items():
        lines += _positions(title, some)
    lines += _reversals(shown, evaluation)
    notes = [
        *(f"Niet gelezen: {name}: {reason}" for name, reason in evaluation.unread.items()),
        *(f"Brief zonder gold: {name}" for name in evaluation.without_gold),
        *(f"Gold zonder brief in deze map: {name}" for name in evaluation.without_letter),
    ]
    return (
        "\n".join([*lines, "", *notes, *([""] if notes else []), _total_line(evaluation)]).lstrip("\n") + "\n"
    )


def _groups(evaluation: Evaluation) -> dict[str, Evaluation]:
    """The letters of each part, and those that belong to none."""
    parts = sorted(set(evaluation.parts.values()))
    groups = {
        part: evaluation.where(lambda name, part=part: evaluation.parts.get(name) == part) for part in parts
    }
    if parts:
        groups[f"niet {' of '.join(parts)}"] = evaluation.where(lambda name: name not in evaluation.parts)
    return groups


def _table(scores: Mapping[str, Score], *, with_text: bool = True) -> list[str]:
    lines = [f"  {'veld':<26}{'goed':>6}{'gold':>6}{'gelezen':>9}{'prec.':>8}{'recall':>8}{'F1':>8}"]
    for name, score in scores.items():
        numbers = f"{score.right:>6}{score.expected:>6}{score.read:>9}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
        difference = f"  {score.difference[:400]}" if score.difference and with_text else ""
        lines.append(f"  {name:<26}{numbers}{difference}")
    return lines


def _by_format(evaluation: Evaluation) -> list[str]:
    """A row per field, a column per format in which there are letters; "-" where gold holds nothing for that field."""
    columns = {form: evaluation.of_format(form) for form in FORMATS}
    columns = {form: some for form, some in columns.items() if some.letters or some.unread}
    totals = {form: some.totals() for form, some in columns.items()}
    lines = [f"  {'veld':<26}" + "".join(f"{form:>8}" for form in columns)]
    lines.append(f"  {'(bestanden)':<26}" + "".join(f"{len(some.letters):>8}" for some in columns.values()))
    for name in evaluation.totals():
        cells = (f"{scores[name].f1:.3f}" if name in scores else "-" for scores in totals.values())
        lines.append(f"  {name:<26}" + "".join(f"{cell:>8}" for cell in cells))
    return lines


def _positions(title: str, evaluation: Evaluation) -> list[str]:
    """What was found, with which stance, how sure, and which stance was taken for which."""
    judged = evaluation.judged_positions()
    if not judged:
        return []
    totals = evaluation.totals()
    found, stance = totals["positions"], totals["positions.stance_accuracy"]
    only_one = [one.verdict for one in judged if one.read and len(one.accepted) == 1]
    reversed_ = sum(one.verdict is Verdict.REVERSED for one in judged)
    once = evaluation.once()
    lines = ["", f"Standpunten, {title}", f"  {'gevonden':<20}{_found(found)}"]
    if len(once.letters) < len(evaluation.letters):
        lines.append(f"  {'elke brief één keer':<20}{_found(once.totals()['positions'])}")
    lines += [
        f"  {'stance juist':<20}{_share(stance.right, stance.read)} van de gevonden zinnen; waar gold er maar één aanneemt "
        + _share(only_one.count(Verdict.RIGHT), len(only_one)),
        f"  {'omgedraaid':<20}{reversed_}",
    ]
    for name, words in (("positions.moment", "moment juist"), ("positions.with_others", "met anderen juist")):
        if name in totals:
            lines.append(f"  {words:<20}{_share(totals[name].right, totals[name].read)}")
    sure = [
        f"{'vanaf' if least else 'lager'}{f' {least:.1f}' if least else ''}: {_share(right, read)}"
        for least, read, right in calibration(judged)
    ]
    return [*lines, f"  juist bij zekerheid {' · '.join(sure)}", *_confusion(judged)]


def _found(score: Score) -> str:
    return (
        f"{score.right} van {score.expected}, {score.read - score.right} te veel: "
        f"precisie {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}"
    )


def _share(right: int, all_: int) -> str:
    return f"{right} van {all_}" + (f" ({right / all_:.3f})" if all_ else "")


def _confusion(judged: Iterable[Judged]) -> list[str]:
    cells = confusion(judged)
    golds, printed = ({cell[side] for cell in cells} for side in (0, 1))
    rows = [stance for stance in dict.fromkeys([*Stance, *golds]) if stance in golds]
    columns = [stance for stance in Stance if stance in printed]
    lines = [f"  {'gold ↓  gelezen →':<20}" + "".join(f"{stance:>{len(stance) + 2}}" for stance in columns)]
    for gold in rows:
        counts = ((stance, cells[gold, stance]) for stance in columns)
        lines.append(
            f"  {gold:<20}" + "".join(f"{count or '.':>{len(stance) + 2}}" for stance, count in counts)
        )
    return lines


def _reversals(shown: Evaluation, evaluation: Evaluation) -> list[str]:
    """Each position that says the contrary of what gold accepts, whatever else is asked for: the worst mistake there is."""
    lines = _mistakes("Omgedraaid", shown, (Verdict.REVERSED,))
    not_shown = _count_reversed(evaluation) - _count_reversed(shown)
    if not_shown:
        lines += ["", f"Omgedraaid in brieven die achtergehouden zijn: {not_shown}"]
    return lines


def _count_reversed(evaluation: Evaluation) -> int:
    return sum(one.verdict is Verdict.REVERSED for one in evaluation.judged_positions())


def _mistakes(title: str, evaluation: Evaluation, verdicts: tuple[Verdict, ...] = _MISTAKES) -> list[str]:
    """Per letter every position with one of these verdicts, once for all files of that letter."""
    lines: list[str] = []
    for letter, files in evaluation.files_of_letters().items():
        mistakes = Counter(
            _mistake(one)
            for name in files
            for one in evaluation.positions.get(name, ())
            if one.verdict in verdicts
        )
        if mistakes:
            lines += ["", f"{title}: {letter}"]
            lines += [
                f"  {line}" + (f"  [in {count} van {len(files)} bestanden]" if len(files) > 1 else "")
                for line, count in mistakes.items()
            ]
    return lines


def _mistake(one: Judged) -> str:
    gold = "|".join(one.accepted)
    if one.read is None:
        return f"{one.verdict:<14} {gold}: {one.sentence}"
    stance = f"{one.read.stance} in plaats van {gold}" if gold else one.read.stance
    return f"{one.verdict:<14} {stance}  {one.read.confidence:.2f}  {one.read.rule}  “{one.read.verb}”: {one.sentence}"


def _rules(evaluation: Evaluation) -> list[str]:
    """The rules that were wrong somewhere, the worst first."""
    rules = verdicts_per_rule(evaluation.judged_positions())
    wrong = {rule: found.total() - found[Verdict.RIGHT] for rule, found in rules.items()}
    lines = [
        f"  {rule:<40}{rules[rule][Verdict.RIGHT]:>6}"
        + "".join(
            f"{rules[rule][verdict]:>15}"
            for verdict in (Verdict.EXTRA, Verdict.OTHER_STANCE, Verdict.REVERSED)
        )
        for rule in sorted(wrong, key=lambda rule: -wrong[rule])
        if wrong[rule]
    ]
    head = f"  {'regel':<40}{'goed':>6}{'te veel':>15}{'andere stance':>15}{'omgedraaid':>15}"
    return ["", "Regels die ergens niet klopten", head, *lines] if lines else []


def _total_line(evaluation: Evaluation) -> str:
    totals = evaluation.totals()
    structure = sum((score for name, score in totals.items() if not name.startswith("positions")), NOTHING)
    perfect = sum(
        all(score.f1 == 1 for name, score in scores.items() if not name.startswith("positions"))
        for scores in evaluation.letters.values()
    )
    found, stance = totals.get("positions", NOTHING), totals.get("positions.stance", NOTHING)
    return (
        f"Totaal: {len(evaluation.letters)} brieven gelezen, {perfect} met geheel dezelfde structuur; "
        f"structuur F1 {structure.f1:.3f} ({structure.right} van {structure.expected}); "
        f"standpunten gevonden F1 {found.f1:.3f} (precisie {found.precision:.3f}, recall {found.recall:.3f}), "
        f"gevonden met stance F1 {stance.f1:.3f}"
    )
