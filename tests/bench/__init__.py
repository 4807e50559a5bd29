"""How fast, how large, how soon, how steadily? `make bench`; one idea a file, the parts are listed in `parts.py`."""
