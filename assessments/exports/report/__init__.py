"""A committee report in every format that democratic services hand on."""
