"""The words of the house as frozen types: no I/O, and nothing of ours imported."""
