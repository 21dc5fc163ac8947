"""What a check or a comparison found, told to people and to pipelines: one writer a format, all fed by a summary."""
