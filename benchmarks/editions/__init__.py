"""Toolkit editions as files: read, checked, stored once, and written out again."""
