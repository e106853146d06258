"""Work to run: index, report, export, explain, train, calibrate. Plain generators and functions."""
