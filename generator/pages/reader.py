"""How the views of pages read what the cache keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from generator.comparing.brief import Brief
from generator.comparing.following import Following
from generator.linking.links import ReportLinks
from generator.linking.listings import Listing
from generator.model import Place, Report
from generator.publishing.comparisons import Compared
from generator.publishing.reusing import Shared


class Reader(Protocol):
    """Reads reports by their ids, and what is known of them."""

    @property
    def read_report(self) -> Callable[[str], Report]:
        """Read a report."""

    @property
    def read_places(self) -> Callable[[], Mapping[str, Place]]:
        """Read all places, by their paths."""

    @property
    def read_links(self) -> Callable[[str], ReportLinks]:
        """Read the links of a report."""

    @property
    def read_listing(self) -> Callable[[str, str], Listing]:
        """Read what a list shows of a report."""

    @property
    def read_shared(self) -> Callable[[str], Shared]:
        """Read what a report shares with others."""

    @property
    def read_comparison(self) -> Callable[[str], Compared | None]:
        """Read how a report compares with the year before; None where there is none before it."""

    @property
    def read_brief(self) -> Callable[[str], Brief | None]:
        """Read how a report compares with the year before, in short."""

    @property
    def read_following(self) -> Callable[[str], Following | None]:
        """Read what a report says of the plan and the problems of the year before."""
