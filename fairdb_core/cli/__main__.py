"""``python -m fairdb_core.cli`` does what the command ``fairdb`` does."""

from fairdb_core.cli import main

main()
