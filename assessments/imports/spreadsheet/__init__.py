"""Spreadsheets as plain sheets of cells: opened safely, streamed, never calculated."""
