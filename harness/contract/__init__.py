"""What a plugin calls, reads and needs of a system, in one OpenAPI document that a person can read, edit and compare."""
