"""`python -m labelaudit.samples FOLDER`: write the sample deliveries."""

from __future__ import annotations

import sys
from pathlib import Path

from labelaudit.samples import write

if __name__ == "__main__":
    written = write(Path(sys.argv[1] if len(sys.argv) > 1 else "sample_data"))
    sys.stdout.write(f"{len(written)} files\n")
