"""What JSON traffic looks like: mergeable summaries, the operations that they belong to, and schema views of both."""
