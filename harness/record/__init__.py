"""Running a plugin and keeping what it said: the recording proxy, the browser, HAR files, the outcome of a run."""
