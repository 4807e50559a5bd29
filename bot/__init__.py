"""Uppsikt: what a human should look at, asked of a human."""
