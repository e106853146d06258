"""Stands before the real PySide6 on PYTHONPATH: proves that what is tested does without Qt."""

raise ImportError("PySide6 is not importable in this test run")
