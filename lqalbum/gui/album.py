"""What one window works on: a review session, the model beside it, and where pictures come from."""

from __future__ import annotations

from dataclasses import dataclass

from lqalbum.errors import ModelError
from lqalbum.gui.infopanel import FactsWanted
from lqalbum.gui.looks import Look
from lqalbum.jobs.looking import CloserLook, LoadableDetector
from lqalbum.jobs.scoring import Scorer
from lqalbum.jobs.views import WHOLE_FRAME, View
from lqalbum.review.pictures import Pictures
from lqalbum.review.reading import Facts, read_facts
from lqalbum.review.session import ReviewSession
from lqalbum.sentences import Sentence
from lqalbum.settings import Settings


@dataclass(frozen=True)
class Album:
    """The parts behind a window; its functions wait for the disk, so they run in other threads.

    Attributes:
        session: the review.
        settings: the person's.
        pictures: reads the cache.
        scorer_id: identity of network and calibration, None where there is no model to use.
        calibration_size: number of good photos behind the percentiles.
        model_trouble: why there is no model; empty where there is one.
        detector: the network, loaded when first needed; None without a model.
        look: makes the pictures of the loupe; without a model, the photos alone.
        jobs: number of decoding processes.
        view: what of each photo the network looks at.
        good_scores: quantiles of the score among good photos, empty where they are not known.
    """

    session: ReviewSession
    settings: Settings
    pictures: Pictures
    scorer_id: str | None
    calibration_size: int
    model_trouble: Sentence
    detector: LoadableDetector | None
    look: CloserLook
    jobs: int
    view: View = WHOLE_FRAME
    good_scores: tuple[float, ...] = ()

    def load_detector(self) -> Scorer:
        """Load the network.

        Raises:
            ModelError: there is none to use.
        """
        if self.detector is None:
            raise ModelError(self.model_trouble)
        return self.detector.loaded()

    def facts(self, wanted: FactsWanted) -> Facts:
        """Read the evidence and the camera data of one photo."""
        return read_facts(self.session.library, wanted.row)

    def answer(self, look: Look) -> object:
        """Make one picture for the loupe.

        Raises:
            LQAlbumError: the photo cannot be read, or there is no model to use.
        """
        if look.part == "photo":
            return self.look.photo(look.path)
        if look.part == "full":
            return self.look.full(look.path)
        if self.detector is None:
            raise ModelError(self.model_trouble)
        if look.part == "depth":
            return self.detector.depth()
        if look.part == "heat_map":
            return self.look.heat_map(look.path, look.sha256)
        return self.look.reconstruction(look.path, look.sha256, look.split_level)

    def close(self) -> None:
        """End the processes behind the loupe."""
        self.look.close()
