"""The printed page: facts of each panel, their words, and fixed rows that always fit one page."""
