"""What OpenAPI documents and JSON Schemas say, compared: evidence beside, or instead of, recorded answers."""
