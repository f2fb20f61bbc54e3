"""From records to the formats that others read; one module a format."""
