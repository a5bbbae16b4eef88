"""What every test may ask for: where the repository is, and the data beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

settings.register_profile(
    "labelaudit",
    deadline=None,  # four workers share the machine: time says nothing about the code
    derandomize=True,  # the same examples on every run, so a red run can be repeated
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("labelaudit")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real deliveries beside the repository, or skip."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real deliveries of ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """Return the folder of the committed sample deliveries."""
    return ROOT / "sample_data"


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """Return the run folder of the sample deliveries, audited once."""
    from labelaudit.cli.work import audit_data

    place = tmp_path_factory.mktemp("sample")
    data = (str(ROOT / "sample_data/delivery"),)
    config = ROOT / "sample_data/labelaudit.toml"
    return audit_data(data, config, place / "runs", 0, None).run
