# All work is done by packaging/setup.py, which runs on Windows, too; this finds a Python for it.
# A Python without venv or outside 3.11-3.13 is passed over.
FITS := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(FITS)' 2>/dev/null && { echo $$python; break; }; done)

.PHONY: setup run test bench clean
setup run test bench clean:
	@test -n "$(PYTHON)" || { echo "Python 3.11-3.13 with venv is needed: on Debian or Ubuntu" \
		"install python3 and python3-venv." >&2; exit 1; }
	@$(PYTHON) packaging/setup.py $@
