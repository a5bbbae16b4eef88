"""Configurations that tests of more than one floor start from."""

from __future__ import annotations

BATCHES_OF_VENDORS = """\
[columns]
item = "item_id"
annotator = "annotator_id"
label = "label"
vendor = "vendor"
batch = "batch_id"
[questions.label]
scale = "nominal"
labels = ["0", "1"]
[policy]
min_agreement = 0.5
"""
PICTURES = """
[columns]
item = "i"
annotator = "a"
label = "l"
[questions.label]
scale = "nominal"
labels = ["x", "y"]
[review]
image = "path"
media = "images"
"""
