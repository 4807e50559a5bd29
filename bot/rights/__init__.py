"""What is handed to a person who asks for what is held: Swedish documents, made of what they are given."""
