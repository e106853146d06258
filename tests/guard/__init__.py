"""Watches what the program does to files and to the network, in the tests' process and below it."""
