"""Checks of portraits: the face in a picture, cut out upright and always the same size."""
