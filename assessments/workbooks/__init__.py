"""Working workbooks: what stands in their rows, how a file that comes back is compared with
what was sent and with what has been saved since."""
