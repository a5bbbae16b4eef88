"""What the app was started with; in the environment, so that any server can start it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

VARIABLE = "LABELAUDIT_REVIEW"
MAX_UPLOAD_MB = 300
_RUNS = ("runs",)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where runs and decisions are, and who may come.

    Attributes
    ----------
    runs
        Folders of runs; a run is found in them by its id.
    db
        The review store: a file, or an address of PostgreSQL.
    config
        The configuration to audit uploads with, and to read roles from; None for defaults.
    team
        Whether people log in (OpenID Connect); else everybody is the one local user.
    secret
        Signs the addresses of media, so that only what a page shows can be asked for.

    """

    runs: tuple[str, ...] = _RUNS
    db: str = "labelaudit-reviews.db"
    config: str | None = None
    team: bool = False
    secret: str = ""

    def store(self) -> None:
        """Keep these settings for the pages."""
        os.environ[VARIABLE] = json.dumps(asdict(self))


def current() -> Settings:
    """Return the settings that the app was started with."""
    found = json.loads(os.environ.get(VARIABLE, "{}"))
    return Settings(**{**found, "runs": tuple(found.get("runs", _RUNS))})
