"""How the model came about, from files at hand to a folder of `models/`."""
