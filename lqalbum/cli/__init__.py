"""The command line: arguments in, one job or decision done, data on stdout, an exit code out."""
