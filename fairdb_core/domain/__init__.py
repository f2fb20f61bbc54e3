"""Frozen values and pure rules; nothing here reads or writes."""
