"""How the tables came to be, step by step; each step runs in one transaction."""
