"""What a person can do: permission, transaction, audit, log event; one module an area."""
