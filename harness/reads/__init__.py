"""What a plugin reads of the answers it gets: trackers that are put into it, and the lines that they tell."""
