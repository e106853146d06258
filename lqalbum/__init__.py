"""LQ Album: finds low-quality photos in a local album and shows why they are low quality."""

__version__ = "0.1.0"
