"""The package that the police are given: how it is written, packed, signed, opened and checked without a database."""
