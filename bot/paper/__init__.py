"""What is handed to people on paper, or as a file that reads like it: PDF and HTML that stand alone."""
