"""Pages of triage, one module a subject."""
