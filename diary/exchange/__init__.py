"""The diary file: out of the diary and back in without losing a word."""
