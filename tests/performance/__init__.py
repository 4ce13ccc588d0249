"""Measures the main pages and the exports: see docs/performance.md."""
