"""Backfit: prove an upgrade safe for the plugins that customers run, and write the shim where it is not."""
