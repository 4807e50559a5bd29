"""`python -m bot` is `uppsikt`."""

from bot.cli import main

main()
