"""How positions are judged beside gold. What they must reach stands in test_evaluation.py and test_corpus.py."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from letters.parsing.evaluation import HELD_OUT, evaluate, report
from letters.parsing.evaluation.positions import (
    CONTRARY,
    Verdict,
    calibration,
    confusion,
    detail_scores,
    is_reversed,
    judge,
    verdicts_per_rule,
)
from letters.parsing.parsed_letter import Moment, ParsedPosition, Stance

SCRIPT = Path(__file__).parent.parent / "script" / "evaluate"


def read(sentence: str, stance: str, confidence: float = 0.9, rule: str = "proef") -> ParsedPosition:
    return ParsedPosition(
        paragraph=0,
        start=0,
        end=len(sentence),
        sentence=sentence,
        stance=Stance(stance),
        verb="steunt",
        subject="Nederland",
        rule=rule,
        confidence=confidence,
        moment=Moment.STATED,
    )


def marked(sentence: str, *stances: str, **more) -> dict:
    return {"sentence": sentence, "under": None, "stance": list(stances), **more}


#: What gold accepts, what was printed, whether that says the contrary.
REVERSED = [
    ("oppose", "support", True),
    ("condemnation", "support", True),
    ("concern", "support", True),
    ("oppose concern", "support", True),
    ("oppose view", "support", True),
    ("support", "oppose", True),
    ("support", "condemnation", True),
    ("support view", "oppose", True),
    ("action", "oppose", True),
    ("call", "oppose", True),
    ("oppose", "action", True),
    ("oppose", "promise", True),
    ("oppose", "view", False),
    ("view", "oppose", False),
    ("view", "support", False),
    ("oppose support", "support", False),
    ("oppose call", "support", False),
    ("call", "support", False),
    ("action", "promise", False),
    ("concern", "oppose", False),
    ("condemnation", "call", False),
    ("action", "concern", False),
]


@pytest.mark.parametrize(("accepted", "printed", "expected"), REVERSED)
def test_a_stance_is_reversed_when_it_is_contrary_to_all_that_gold_accepts(accepted, printed, expected):
    assert is_reversed(Stance(printed), [Stance(stance) for stance in accepted.split()]) is expected


def test_what_is_contrary_is_so_both_ways():
    pairs = {(one, other) for one in Stance for other in CONTRARY[one]}

    assert pairs == {(other, one) for one, other in pairs}


def test_each_position_gets_one_verdict():
    gold = {
        "positions": [
            marked("Een.", "view", "call"),
            marked("Twee.", "call"),
            marked("Drie.", "oppose"),
            marked("Vier.", "concern"),
        ],
        "optional": ["Vijf."],
    }
    positions = [
        read("Een.", "call"),
        read("Twee.", "view"),
        read("Drie.", "support"),
        read("Vijf.", "view"),
        read("Zes.", "view"),
    ]

    judged = judge(positions, gold)

    assert [(one.sentence, one.verdict) for one in judged] == [
        ("Een.", Verdict.RIGHT),
        ("Twee.", Verdict.OTHER_STANCE),
        ("Drie.", Verdict.REVERSED),
        ("Zes.", Verdict.EXTRA),
        ("Vier.", Verdict.MISSED),
    ]


def test_two_acts_in_one_sentence_are_judged_apart():
    gold = {"positions": [marked("Een.", "support")]}

    judged = judge([read("Een.", "support"), read("Een.", "oppose")], gold)

    assert [one.verdict for one in judged] == [Verdict.RIGHT, Verdict.REVERSED]


def test_a_right_stance_stands_on_the_diagonal_and_a_wrong_one_beside_the_first_of_gold():
    gold = {"positions": [marked("Een.", "view", "call"), marked("Twee.", "call", "action")]}

    counts = confusion(judge([read("Een.", "call"), read("Twee.", "view"), read("Drie.", "view")], gold))

    assert counts == {(Stance.CALL, Stance.CALL): 1, (Stance.CALL, Stance.VIEW): 1}


def test_calibration_tells_how_many_of_the_acts_of_a_confidence_are_right():
    gold = {"positions": [marked("Een.", "call"), marked("Twee.", "call"), marked("Drie.", "call")]}
    positions = [
        read("Een.", "call", 1.0),
        read("Twee.", "view", 0.9),
        read("Drie.", "call", 0.8),
        read("Vier.", "call", 0.79),
    ]

    assert calibration(judge(positions, gold)) == [(0.9, 2, 1), (0.8, 1, 1), (0.0, 1, 0)]


def test_each_rule_has_its_verdicts():
    gold = {"positions": [marked("Een.", "call"), marked("Twee.", "call")]}
    positions = [
        read("Een.", "call", rule="a"),
        read("Drie.", "call", rule="a"),
        read("Twee.", "view", rule="b"),
    ]

    assert verdicts_per_rule(judge(positions, gold)) == {
        "a": {Verdict.RIGHT: 1, Verdict.EXTRA: 1},
        "b": {Verdict.OTHER_STANCE: 1},
    }


def test_moment_and_company_are_judged_where_gold_tells_them():
    gold = {
        "positions": [
            marked("Een.", "call", moment="stated", with_others=False),
            marked("Twee.", "call", moment=["planned", "delivered"]),
            marked("Drie.", "call", with_others=True),
        ]
    }
    positions = [
        read("Een.", "call"),
        read("Twee.", "call"),
        replace(read("Drie.", "call"), with_others=True),
    ]

    scores = detail_scores(judge(positions, gold))

    assert {name: (score.right, score.read) for name, score in scores.items()} == {
        "positions.moment": (1, 2),
        "positions.with_others": (2, 2),
    }


def test_moment_and_company_have_no_score_where_gold_tells_none():
    gold = {"positions": [marked("Een.", "call")]}

    assert detail_scores(judge([read("Een.", "call")], gold)) == {}


LETTER = """Verslag NAVO-top van 3 mei 2017

Nederland steunt het plan. Nederland riep op tot kalmte. De top vond plaats in mei.
"""


@pytest.fixture
def folders(tmp_path):
    """A letter of which one position has another stance in gold, one is too much and one is missed."""
    letters, gold = tmp_path / "brieven", tmp_path / "gold"
    letters.mkdir()
    gold.mkdir()
    (letters / "brief.txt").write_text(LETTER, encoding="utf-8")
    write_gold(gold)
    return letters, gold


def write_gold(folder, **more):
    positions = [marked("Nederland steunt het plan.", "oppose"), marked("De top vond plaats in mei.", "view")]
    text = json.dumps({"file": "brief.txt", "positions": positions, **more})
    (folder / "brief.json").write_text(text, encoding="utf-8")


def test_the_report_sums_up_what_was_found_with_which_stance(folders):
    lines = report(evaluate(*folders)).splitlines()

    start = lines.index("Standpunten, alle brieven")
    assert lines[start + 1 : start + 4] == [
        "  gevonden            1 van 2, 1 te veel: precisie 0.500, recall 0.500, F1 0.500",
        "  stance juist        0 van 1 (0.000) van de gevonden zinnen; waar gold er maar één aanneemt 0 van 1 (0.000)",
        "  omgedraaid          1",
    ]
    assert [line.split() for line in lines[start + 5 : start + 7]] == [
        ["gold", "↓", "gelezen", "→", "support"],
        ["oppose", "1"],
    ]


def mistakes(text: str, heading: str) -> list[str]:
    """The lines under a heading, each with white space folded."""
    under = text.split(f"\n{heading}\n")[1].split("\n\n")[0]
    return [" ".join(line.split()) for line in under.splitlines()]


def test_the_report_lists_reversals_unasked(folders):
    text = report(evaluate(*folders))

    [line] = mistakes(text, "Omgedraaid: brief.txt")
    assert line.startswith("omgedraaid support in plaats van oppose")
    assert line.endswith("“steunt”: Nederland steunt het plan.")


def test_the_report_lists_every_mistake_with_its_rule_when_asked(folders):
    text = report(evaluate(*folders), positions=True)

    listed = mistakes(text, "Standpunten met fouten: brief.txt")
    assert [line.split()[0] for line in listed] == ["omgedraaid", "te", "gemist"]
    assert listed[2] == "gemist view: De top vond plaats in mei."
    assert "Regels die ergens niet klopten" in text


def test_mistakes_that_files_of_one_letter_share_are_listed_once(folders):
    letters, gold = folders
    (letters / "kopie.txt").write_text(LETTER, encoding="utf-8")
    write_gold(gold, also=["kopie.txt"])

    text = report(evaluate(*folders), positions=True)

    assert text.count("gemist         view: De top vond plaats in mei.  [in 2 van 2 bestanden]") == 1


def test_of_letters_that_are_held_out_only_numbers_are_told(folders):
    write_gold(folders[1], part=HELD_OUT)

    evaluation = evaluate(*folders)

    text = report(evaluation, positions=True)
    assert [word in text.lower() for word in ("steunt het plan", "tot kalmte", "vond plaats")] == [False] * 3
    assert "Omgedraaid in brieven die achtergehouden zijn: 1" in text
    assert "De top vond plaats in mei." in report(evaluation, positions=True, held_out=True)


@pytest.mark.parametrize("arguments", [[], ["een map"], ["--alles", "DIR", "DIR"], ["DIR", "er-is-niets"]])
def test_the_script_says_how_it_is_used_when_it_cannot_be_used_so(tmp_path, arguments):
    arguments = [str(tmp_path) if argument == "DIR" else argument for argument in arguments]

    done = subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.splitlines()[0].split(":")[0]) == (2, "Gebruik")


def test_the_script_takes_its_options(folders):
    done = subprocess.run([SCRIPT, "--positions", *folders], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.count("Regels die ergens niet klopten")) == (0, 1)
