"""The `labelaudit.toml` files of the sample deliveries."""

from __future__ import annotations

MAIN = """\
# How labelaudit reads and judges the deliveries of the animal project.

[delivery]
reader = "csv-long"
duplicates = "error"           # the same annotator twice on a picture stops the audit

[columns]                      # ours = theirs
item = "image_id"
annotator = "worker"
batch = "batch"
vendor = "vendor"
duration_s = "seconds"
submitted_at = "finished"

# Each row is one annotator's submission: three questions, three columns.
[questions.label]
column = "label"
gold = "truth"                 # known for three pictures in ten
scale = "nominal"
labels = ["cat", "dog", "bird", "other"]
nature = "objective"

[questions.quality]            # of the picture
column = "quality"
scale = "ordinal"
labels = ["poor", "fair", "good", "great", "excellent"]
nature = "mixed"

[questions.relevance]          # to the search that found the picture, 0 to 100
column = "relevance"
scale = "interval"
nature = "subjective"

[policy]
coefficient = "krippendorff-alpha"
min_agreement = 0.667          # floor: what we must not accept
target_agreement = 0.80        # what a good vendor delivers
on_inconclusive = "review"
max_rejected_fraction = 0.01
required_checks = ["low-agreement"]

[policy.gold]
min_accuracy = 0.90
target_accuracy = 0.95

[policy.questions.relevance]   # opinions may differ more than facts
min_agreement = 0.60
target_agreement = 0.75

[review]                       # what a reviewer is shown of a picture
show = ["caption"]
"""

_MOODS = """\
labels = ["negative", "neutral", "positive"]
nature = "objective"

[policy]
min_agreement = 0.667
target_agreement = 0.80
"""

WIDE = f"""\
# One row per post, one column per rater.

[delivery]
reader = "csv-wide"
vendor = "meridian"

[columns]
item = "post_id"
annotators = ["r1", "r2", "r3"]
batch = "batch"
gold = "truth"

[questions.mood]
scale = "ordinal"
{_MOODS}"""

JSONL = f"""\
# The same ratings, one JSON object each.

[delivery]
reader = "jsonl"
vendor = "meridian"

[columns]
item = "post_id"
annotator = "rater"
label = "mood"
batch = "batch"
gold = "truth"

[questions.mood]
scale = "ordinal"
{_MOODS}"""
