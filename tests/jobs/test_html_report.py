"""The page shows photo | reconstruction | words and needs nothing but itself."""

import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
from PIL import Image

from lqalbum.jobs.html_report import html_report
from lqalbum.jobs.scoring import encode_jpeg
from tests.jobs.rows import BROKEN, FLAGGED, GOOD, UNSURE, report


class Page(HTMLParser):
    """Collects elements, and complains about what is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def jpeg(level: int) -> bytes:
    return encode_jpeg(np.full((192, 256, 3), level, np.uint8))


def page_of(rows) -> str:
    shown = lambda row: jpeg(90) if row.sha256 else None  # noqa: E731
    return "".join(html_report(report(rows), shown, lambda row: jpeg(200)))


def picture(source: str | None) -> Image.Image:
    head, _, data = (source or "").partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_flagged_and_unsure_photos_stand_beside_their_reconstruction():
    page = Page(page_of([GOOD, FLAGGED, BROKEN, UNSURE]))
    classes = [article["class"] for article in page.of("article")]
    assert classes == ["flagged paired", "unsure paired", "good", "error"]
    alternatives = [image["alt"] for image in page.of("img")]
    assert alternatives == [
        "photo", "partial reconstruction", "photo", "partial reconstruction", "photo",
    ]  # fmt: skip
    sizes = [picture(image["src"]).size for image in page.of("img")]
    assert sizes == [(256, 192)] * 4 + [(128, 96)]


def test_nothing_is_fetched_or_run():
    text = page_of([GOOD, FLAGGED, BROKEN])
    page = Page(text)
    assert page.of("script") == []
    assert page.of("link") == []
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"'\s)]*)""", text)
    assert addresses
    assert all(address.startswith("data:") for address in addresses)
    assert "http" not in text.replace('http-equiv="Content-Security-Policy"', "")


def test_words_percentile_evidence_and_counts_are_there():
    text = page_of([GOOD, FLAGGED, BROKEN])
    for expected in (
        "1 of 3 photos flagged", "blurred", "99.9", "0.0120 nats per dimension", "sharpness",
        "ends early; fetch it again.", "calibrated on", "trip/blurred.jpg", "Flagged (1)",
    ):  # fmt: skip
        assert expected in text
