"""What is handed to people on paper, or as a file that reads like it: PDF. The only importer of fpdf."""

from bot.paper.pdf import Pdf

__all__ = ["Pdf"]
