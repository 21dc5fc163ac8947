"""What speed is promised, measured: `make bench`."""
