"""Stops with one plain line when the demo could not listen on the port given."""

import socket
import sys

text = sys.argv[1]
if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
    sys.exit(f"PORT must be a number from 1 to 65535, not {text}.")
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(text)))
    except OSError:
        sys.exit(f"Port {text} can't be used: choose another, for example make demo PORT=8001")
