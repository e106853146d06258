"""Read by every Python that the tests start: it is watched from its first line on."""

import importlib.util
import sys
from pathlib import Path

_file = Path(__file__).resolve().parents[1] / "hook.py"
_spec = importlib.util.spec_from_file_location("lqalbum_tests_hook", _file)
assert _spec is not None
assert _spec.loader is not None
hook = importlib.util.module_from_spec(_spec)
sys.modules["lqalbum_tests_hook"] = hook
_spec.loader.exec_module(hook)
hook.install(is_child=True)
