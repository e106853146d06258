"""Figures from the literature that stand beside ours in the tables, marked as published."""

from dataclasses import dataclass

_PAPER = (
    "T. Nanaumi, K. Kawamoto, H. Kera, Low-Quality Image Detection by Hierarchical VAE, "
    "arXiv 2408.10885 (ICCV workshops 2023)"
)


@dataclass(frozen=True)
class PublishedFigures:
    """One method on one set of pictures, 19 corruptions at severity 1; fractions 0-1.

    They were taken on other pictures than ours, so they tell the order of size, not who wins.

    Attributes:
        method: as in our tables where it is the same method.
        data: the pictures.
        mean_auroc, mean_fpr80: over corruptions, None where not published or not known to us.
        pooled_auroc, pooled_auprc, pooled_fpr80: of all corruptions together, or None.
        source: where the figures come from.
    """

    method: str
    data: str
    mean_auroc: float | None = None
    mean_fpr80: float | None = None
    pooled_auroc: float | None = None
    pooled_auprc: float | None = None
    pooled_fpr80: float | None = None
    source: str = _PAPER


_FFHQ, _IMAGENET = "FFHQ-256", "ImageNet-64"

PUBLISHED = (
    PublishedFigures("s_kl", _FFHQ, 0.913, 0.144, 0.900, 0.925, 0.100),
    PublishedFigures("s_kl", _IMAGENET, None, None, 0.762, 0.774, 0.466),
    PublishedFigures("s_kl_fixed", _FFHQ, pooled_auroc=0.809),
    PublishedFigures("s_kl_fixed", _IMAGENET, pooled_auroc=0.744),
    PublishedFigures("likelihood", _FFHQ, pooled_auroc=0.406),
    PublishedFigures("likelihood", _IMAGENET, pooled_auroc=0.668),
    PublishedFigures("llr", _FFHQ, pooled_auroc=0.542),
    PublishedFigures("llr", _IMAGENET, pooled_auroc=0.376),
    PublishedFigures("csi", _FFHQ, pooled_auroc=0.788),
    PublishedFigures("csi", _IMAGENET, pooled_auroc=0.694),
    PublishedFigures("panda", _FFHQ, pooled_auroc=0.797),
    PublishedFigures("panda", _IMAGENET, pooled_auroc=0.799, pooled_fpr80=0.379),
)
