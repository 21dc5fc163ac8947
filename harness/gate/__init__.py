"""From findings to a decision: what the plugin reads, what was accepted, and whether the gate closes."""
