"""Measuring the detector: corruptions, metrics, baselines and tables."""
