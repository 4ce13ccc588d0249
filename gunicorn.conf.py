"""Read by gunicorn from the folder it is started in; the command line overrides it."""

import os
from pathlib import Path

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4  # so that a browser's idle spare connection holds up nobody else
timeout = 60  # seconds
accesslog = None  # the proxy keeps one; addresses may hold search words
control_socket_disable = True  # systemd manages the process
logger_class = "prevent_toolkit.logs.DiscreetLogger"
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # heartbeats that never wait for a disk
