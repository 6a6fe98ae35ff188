from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site_in_string import clear_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def shared_plot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the projects of all tests, one after the other: the shells built there serve them all."""
    return tmp_path_factory.mktemp("plot")


@pytest.fixture
def plot(shared_plot: Path) -> Path:
    """The shared folder, emptied: ``make_project`` makes it a project."""
    clear_project(shared_plot)
    return shared_plot
