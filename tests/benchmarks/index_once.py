"""Indexes a folder once; the process that the benchmarks of indexing watch.

    python -m tests.benchmarks.index_once FOLDER LIBRARY [--unscored]

With --unscored the detector is replaced by one that looks at nothing, so that what is left is
the cost of walking, decoding, thumbnails, hashes and rows.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from lqalbum import malloc
from lqalbum.jobs.indexing import Finished, IndexOptions, index
from lqalbum.jobs.models import (
    decoding_processes,
    describe_model,
    load_detector,
    network_threads,
)
from lqalbum.jobs.scoring import Scorer
from lqalbum.library.library import Library
from tests.jobs.stand_in import StandInAssessment


class NoScorer:
    """Takes every photo for an ordinary one without looking at it."""

    scorer_id = "0" * 64
    model_id = "0" * 64

    def assess(
        self, frames: Sequence[np.ndarray], keys: Sequence[str], camera: Sequence[bool]
    ) -> list[StandInAssessment]:
        return [StandInAssessment(score=0.0, percentile=50.0) for _ in frames]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("library", type=Path)
    parser.add_argument("--unscored", action="store_true")
    options = parser.parse_args()
    malloc.keep_large_buffers()

    def load() -> Scorer:
        if options.unscored:
            return NoScorer()
        model = describe_model("photo")
        return load_detector(model.path, device="cpu", threads=network_threads(0))

    scorer_id = NoScorer.scorer_id if options.unscored else describe_model("photo").scorer_id
    index_options = IndexOptions(jobs=decoding_processes(0), scorer_id=scorer_id)
    with Library.open(options.library) as library:
        for event in index(library, [options.folder], load, index_options, lambda: False):
            if isinstance(event, Finished):
                print(json.dumps(asdict(event.summary)))


if __name__ == "__main__":
    main()
