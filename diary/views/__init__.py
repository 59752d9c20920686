"""Pages of the diary, one module a subject."""
