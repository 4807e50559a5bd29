"""Text in, verdict out. Never imports `bot`."""
