"""What do thresholds do, and what should they be? Arithmetic over numbers and decisions; no message is ever read."""
