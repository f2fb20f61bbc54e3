"""From an uploaded file to canonical records, with every problem named."""
