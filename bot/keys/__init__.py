"""What is secret, and what is signed or locked with it. The only importer of cryptography and pyrage."""
