"""environment.lock: what an environment was really made of, so that it is made of the same the next time."""
