"""Settings for every test: hypothesis never times a test, and CI tries the same examples each run."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from village_ledger.services.sample import build_sample

settings.register_profile(
    "house",
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def sample_village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample village, built once; tests that write work on a copy of its folder."""
    path = tmp_path_factory.mktemp("village") / "示例村.vlb"
    build_sample(path).close()
    return path
