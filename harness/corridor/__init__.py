"""`backfit check`: the whole corridor, from an environment file to a verdict, each arrow a file in the run's folder."""
