"""Charts: geometry in Python, markup in templates; lengths in the unit of each drawing."""
