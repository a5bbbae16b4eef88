"""`labelaudit agreement`: the statistician's table on files."""

from __future__ import annotations

import itertools
import json
import sys
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd
import pytest

import labelaudit
from labelaudit.cli import main
from labelaudit.cli.agreement_command import agreement as command
from labelaudit.coefficients import COEFFICIENTS
from labelaudit.details import DETAILS

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
[delivery]
duplicates = "first"
[columns]
item = "item_id"
annotator = "annotator_id"
label = "label"
vendor = "vendor"
gold = "gold"
[questions.label]
scale = "nominal"
labels = ["0", "1", "2", "3", "4"]
"""


DELIVERY = """\
item_id,annotator_id,label,vendor,document,score
1,ann,a,north,d1,1
1,ben,a,north,d1,2
1,eve,b,south,d1,9
2,ann,b,north,d1,5
2,ben,b,north,d1,5
2,eve,b,south,d1,5
3,ann,a,north,d2,3
3,ben,b,north,d2,4
3,eve,a,south,d2,3
4,ann,b,north,d2,8
4,ben,b,north,d2,8
4,eve,b,south,d2,7
"""


class Run(Protocol):
    """Runs the command with some arguments: exit code, stdout, stderr."""

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Run it."""
        ...


@pytest.fixture
def agreement(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command in this process."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["labelaudit", "agreement", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Write a small delivery."""
    path = tmp_path / "batch-1.csv"
    path.write_text(DELIVERY, encoding="utf-8")
    return path


def rows_of(out: str) -> list[dict[str, Any]]:
    """Return the rows of a JSON table."""
    rows: list[dict[str, Any]] = json.loads(out)["rows"]
    return rows


def test_all_means_every_coefficient_of_the_shelf(agreement: Run, delivery: Path) -> None:
    """Those that need two annotators say why they are undefined."""
    code, out, _ = agreement(delivery, "--coefficient", "all", "--json")
    named = {row["coefficient"]: row["undefined"] for row in rows_of(out)}
    assert (code, set(named)) == (0, set(COEFFICIENTS))
    assert named["cohen-kappa"] == "not-two-annotators"
    assert named["gwet-ac1"] is None


def test_alpha_is_the_number_of_the_python_door(agreement: Run, delivery: Path) -> None:
    """The two doors open on one room."""
    _, out, _ = agreement(delivery, "--json")
    expected = labelaudit.agreement(pd.read_csv(delivery)).value
    assert rows_of(out)[0]["value"] == pytest.approx(expected, abs=1e-11)


def test_by_any_delivered_column(agreement: Run, delivery: Path) -> None:
    """Each combination of values is a slice with its own counts."""
    _, out, _ = agreement(delivery, "--by", "document,vendor", "--json")
    units = {tuple(row["slice"].values()): row["units"] for row in rows_of(out)}
    assert units == {("d1", "north"): 2, ("d1", "south"): 0, ("d2", "north"): 2, ("d2", "south"): 0}


def test_by_vendor_from_counts_and_from_rows_agree(agreement: Run, delivery: Path) -> None:
    """The fast road (patterns) and the long one (rows) lead to the same table."""
    _, fast, _ = agreement(delivery, "--by", "vendor", "--json")
    _, long, _ = agreement(delivery, "--by", "vendor", "--coefficient", "all", "--json")
    slow = [row for row in rows_of(long) if row["coefficient"] == "krippendorff-alpha"]
    kept = ("value", "observed", "expected", "units", "annotations", "annotators")
    north = [{name: row[name] for name in kept} for row in (rows_of(fast)[0], slow[0])]
    assert north[0] == north[1]


def test_crosscheck_prints_the_largest_difference(agreement: Run, delivery: Path) -> None:
    """Alpha is held against an independent package."""
    pytest.importorskip("krippendorff")
    code, out, _ = agreement(delivery, "--crosscheck")
    gap = float(out.split("largest difference ")[1].split()[0].rstrip(";"))
    assert (code, gap < 1e-12) == (0, True)


def test_another_scale_reads_the_labels_anew(agreement: Run, tmp_path: Path) -> None:
    """Numbers spelled in two ways are one value on the interval scale."""
    path = tmp_path / "scores.csv"
    path.write_text("item,annotator,label\n1,a,10\n1,b,10.0\n2,a,2\n2,b,3\n", encoding="utf-8")
    _, out, _ = agreement(path, "--scale", "interval", "--json")
    assert (rows_of(out)[0]["scale"], rows_of(out)[0]["observed"]) == ("interval", 0.5)


def test_documents_are_resampled_as_a_whole(agreement: Run, delivery: Path) -> None:
    """The method says so."""
    _, out, _ = agreement(delivery, "--cluster", "document", "--json")
    assert rows_of(out)[0]["method"] in {"jackknife-log-clusters", None}
    assert "crosscheck" not in rows_of(out)[0]


def test_a_cluster_that_tears_an_item_is_refused(agreement: Run, delivery: Path) -> None:
    """Each item here has two vendors."""
    code, _, err = agreement(delivery, "--cluster", "vendor")
    assert code == 4
    assert "4 items lie in more than one cluster" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--coefficient", "kappa"), "cohen-kappa"),
        (("--by", "nothing"), "document"),
        (("--scale", "ordinal"), "order"),
        (("--scale", "nonsense"), "nominal"),
    ],
)
def test_a_wrong_choice_is_a_usage_error_with_a_menu(
    agreement: Run, delivery: Path, arguments: tuple[str, str], said: str
) -> None:
    """Exit 2, and the message lists what there is."""
    code, out, err = agreement(delivery, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_table_fits_80_columns(agreement: Run, delivery: Path) -> None:
    """A CI log does not scroll sideways."""
    _, out, _ = agreement(delivery, "--coefficient", "all", "--by", "vendor")
    assert max(map(len, out.splitlines())) <= 80
    assert "single-annotator: One annotator gave all labels" in out


def test_weather_by_vendor(agreement: Run, shared_data: Path, tmp_path: Path) -> None:
    """Two vendors judged the same 300 items; the file repeats five pairs."""
    config = tmp_path / "labelaudit.toml"
    config.write_text(CONFIG, encoding="utf-8")
    data = shared_data / "real" / "weather_sentiment" / "annotations.csv"
    _, out, _ = agreement(data, "-c", config, "--by", "vendor", "--json")
    values = {row["slice"]["vendor"]: row["value"] for row in rows_of(out)}
    assert values == {
        "crowdflower": pytest.approx(0.5768, abs=5e-5),
        "mturk": pytest.approx(0.5209, abs=5e-5),
    }


def test_compare_pairs_slices_by_the_units_they_share(
    agreement: Run, shared_data: Path, tmp_path: Path
) -> None:
    """Two vendors on the same items: the interval of the difference is the paired one."""
    config = tmp_path / "labelaudit.toml"
    config.write_text(CONFIG, encoding="utf-8")
    data = shared_data / "real" / "weather_sentiment" / "annotations.csv"
    _, out, _ = agreement(data, "-c", config, "--by", "vendor", "--compare", "--json")
    (found,) = json.loads(out)["comparisons"]
    assert (found["shared_units"], found["resampling"]) == (300, "shared-units")
    assert found["difference"] == pytest.approx(0.5768367 - 0.5208951, abs=1e-6)
    assert found["low"] < found["difference"] < found["high"]


@pytest.mark.parametrize("by", ["vendor", "batch"])
def test_a_crosscheck_holds_comparisons_against_a_permutation_test(
    agreement: Run, tmp_path: Path, by: str
) -> None:
    """One column is careful, the other guesses: both tests see it, shared items or not."""
    data, dice = tmp_path / "d.csv", np.random.default_rng(4)
    lines = ["item,annotator,label,vendor,batch"]
    for item, person in itertools.product(range(80), range(4)):
        careful = person < 2 if by == "vendor" else item < 40
        right = dice.random() < (0.95 if careful else 0.5)
        label = "ab"[(item + right) % 2]
        lines.append(f"{item},p{person},{label},v{person // 2},b{item // 40}")
    data.write_text("\n".join(lines), encoding="utf-8")
    _, out, _ = agreement(data, "--by", by, "--compare", "--crosscheck", "--json")
    (found,) = json.loads(out)["comparisons"]
    assert found["permuted_p"] == pytest.approx(1 / 1001)
    _, out, _ = agreement(data, "--by", by, "--compare", "--json")
    assert json.loads(out)["comparisons"][0]["permuted_p"] is None


def test_the_interval_of_a_difference_names_its_confidence(agreement: Run, delivery: Path) -> None:
    """Not 95% whatever was asked."""
    _, out, _ = agreement(delivery, "--by", "document", "--compare", "--confidence", "0.8")
    assert "difference [80%]" in out


def test_compare_without_slices_is_a_usage_error(agreement: Run, delivery: Path) -> None:
    """There is nothing to hold against anything."""
    code, _, err = agreement(delivery, "--compare")
    assert (code, "--by" in err) == (2, True)


def test_details_say_where_disagreement_comes_from(agreement: Run, delivery: Path) -> None:
    """Shares of disagreement add up to one; people and pairs are named."""
    asked = [word for what in DETAILS for word in ("--detail", what)]
    _, out, _ = agreement(delivery, *asked, "--json")
    found = {detail["what"]: detail["rows"] for detail in json.loads(out)["details"]}
    assert set(found) == set(DETAILS)
    assert found["confusions"] == [["a", "b", 2.0, 1.0]]
    assert {row[0] for row in found["annotators"]} == {"ann", "ben", "eve"}
    assert [row[:3] for row in found["pairs"]] == [
        ["ann", "ben", 4],
        ["ann", "eve", 4],
        ["ben", "eve", 4],
    ]
    assert found["units"][0][0] in {"1", "3"}


def test_the_pairs_end_in_their_mean(agreement: Run, delivery: Path) -> None:
    """Light's kappa: Cohen's, on average over the pairs of annotators."""
    _, out, _ = agreement(delivery, "--detail", "pairs", "--json")
    (pairs,) = json.loads(out)["details"]
    mean = sum(row[-1] for row in pairs["rows"]) / len(pairs["rows"])
    assert pairs["note"].startswith(f"mean cohen-kappa of the 3 pairs: {mean:.3f}")


def test_questions_are_blocks_already(agreement: Run, delivery: Path) -> None:
    """Asking for slices by question, as by vendor and batch, is not an error."""
    _, plain, _ = agreement(delivery)
    code, out, _ = agreement(delivery, "--by", "question")
    assert (code, out) == (0, plain)


def test_a_question_that_nobody_answered_has_an_empty_slice(agreement: Run, tmp_path: Path) -> None:
    """No label means no value of any column, and no error."""
    path = tmp_path / "d.csv"
    path.write_text("item,annotator,label,part\n1,a,,p\n1,b,,p\n", encoding="utf-8")
    code, out, _ = agreement(path, "--by", "part", "--compare", "--json")
    (row,) = rows_of(out)
    assert (code, row["slice"], row["undefined"]) == (0, {"part": ""}, "no-labels")


def test_the_options_offer_every_detail_there_is() -> None:
    """The command line cannot fall behind the shelf."""
    (option,) = [one for one in command.params if one.name == "details"]
    assert set(option.type.choices) == set(DETAILS)


def test_sets_are_compared_by_their_members(agreement: Run, tmp_path: Path) -> None:
    """The order inside a set means nothing; the empty set agrees with itself."""
    path = tmp_path / "sets.csv"
    rows = ['1,a,"[""x"",""y""]"', '1,b,"[""y"",""x""]"', '2,a,"[]"', '2,b,"[]"']
    path.write_text("\n".join(["item,annotator,label", *rows, ""]), encoding="utf-8")
    _, out, _ = agreement(path, "--scale", "set", "--json")
    assert (rows_of(out)[0]["value"], rows_of(out)[0]["units"]) == (1.0, 2)
