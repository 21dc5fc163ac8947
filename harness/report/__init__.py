"""What a check found, told to people and to pipelines: one writer a format, all fed by `CheckSummary`."""
