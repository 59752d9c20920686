"""All input passes a form here: bounds, codes and words are checked before anything is stored."""
