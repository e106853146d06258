"""Starts LQ Album from a checkout: `python main.py` is the same as the program `lqalbum`."""

from lqalbum.app import main

if __name__ == "__main__":
    main()
