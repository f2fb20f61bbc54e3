"""All SQL of the program, on SQLite and on PostgreSQL alike.

A repository takes and returns domain values, and never commits: a service opens
``with storage.work() as work`` and leaving the block commits, an error undoes. Where a screen only
needs a finished summary, a repository may return plain rows; no domain trip for its own sake.
"""
