"""One file a kind of change: what it is, a witness, and the steps that may undo it."""
