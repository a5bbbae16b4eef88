"""Files that tools and vendors really wrote: read where they can be, refused where not."""

from __future__ import annotations

import gzip
import json

import pandas as pd
import pytest

from labelaudit.errors import InputError
from labelaudit.readers import open_delivery


def rows_of(file) -> list[dict[str, object]]:
    return [row for chunk in open_delivery([file]).chunks() for row in chunk.to_pylist()]


@pytest.mark.parametrize(
    "name",
    [
        "formats/generic_tables/crowdtruth_long_3vs4work_agr.csv",
        "formats/generic_tables/crowdtruth_long_4work_outlier.csv",
        "formats/appen/aggregated/weather_agg_excerpt.csv",
        "formats/appen/full/relation_multiple_choice_excerpt.csv",
        "formats/appen/full/trust_tainted_multilabel_excerpt.csv",
        "formats/doccano/export_examples/text_classification.example.csv",
        "formats/mturk/empty_rows.csv",
        "formats/toloka/responses_task_output_performer_excerpt.csv",
        "formats/wmt_mqm/mqm_ted_zhen_one_rater_excerpt.tsv",
        "real/mqm_sxs_2023_ende/annotations.csv",
        "real/weather_sentiment/annotations.csv",
        "real/webis_rag_pref/expert_responses.csv",
    ],
)
def test_a_real_table_reads_as_pandas_reads_it_as_text(shared_data, name):
    delivery = open_delivery([shared_data / name])
    delimiter = "\t" if name.endswith(".tsv") else ","
    oracle = pd.read_csv(shared_data / name, dtype=str, keep_default_na=False, sep=delimiter)
    expected = [[cell or None for cell in row] for row in oracle.to_numpy().tolist()]
    assert delivery.columns == tuple(oracle.columns)
    assert [list(row.values())[:-2] for row in rows_of(shared_data / name)] == expected


def test_real_answers_in_packed_json_lines_are_read_as_they_are_written(shared_data):
    file = shared_data / "real/webis_rag_pref/study2_responses.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        first = json.loads(next(lines))
    rows = rows_of(file)
    assert len(rows) == 6920
    assert {key: rows[0][key] for key in first if isinstance(first[key], str)} == {
        key: text for key, text in first.items() if isinstance(text, str)
    }


def test_the_word_na_stays_a_cell(shared_data):
    rows = rows_of(shared_data / "formats/generic_tables/crowdtruth_long_4work_agr.csv")
    assert {row["_country"] for row in rows} == {"NA"}
    assert rows[0]["_worker_id"] == "W1"


def test_the_utf16_file_is_refused_by_name(shared_data):
    with pytest.raises(InputError, match="expected UTF-8, found UTF-16 text"):
        open_delivery([shared_data / "formats/doccano/encoding/example.utf16.csv"])


@pytest.mark.parametrize("name", ["bounding_box", "segmentation"])
def test_json_over_several_lines_that_is_called_jsonl_is_refused(shared_data, name):
    file = shared_data / f"formats/doccano/export_examples/{name}.example.jsonl"
    with pytest.raises(InputError, match="JSON that runs over several lines"):
        open_delivery([file])


@pytest.mark.parametrize(
    "name",
    [
        "doccano/export_examples/text_classification.example.json",
        "generic_tables/peerannot_toy_answers.json",
    ],
)
def test_a_json_document_is_refused_with_the_next_step(shared_data, name):
    with pytest.raises(InputError, match="expected one JSON object on each line") as caught:
        open_delivery([shared_data / "formats" / name])
    assert "jq -c" in caught.value.next_step


def test_a_list_of_labels_becomes_json(shared_data):
    file = shared_data / "formats/doccano/export_examples/text_classification.example.jsonl"
    assert rows_of(file)[0]["label"] == '["negative"]'
