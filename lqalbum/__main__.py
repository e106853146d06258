"""Lets `python -m lqalbum` do the same as the program `lqalbum`."""

from lqalbum.app import main

# Worker processes import this module again under another name: it must not start a second program.
if __name__ == "__main__":
    main()
