"""Scenarios that ask where they run what is there: run in the plugin's place, as any scenario is."""
