"""Fixtures for every test. The shared cast of people and councils stands in tests/cast.py."""
