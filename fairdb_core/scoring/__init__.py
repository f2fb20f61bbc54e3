"""From records to facts to points."""
