"""Sending a recording again, to OLD and to NEW, so that their answers to the same calls can be compared."""
