"""What a plugin needs of the answers that it gets, found out by taking it away."""
