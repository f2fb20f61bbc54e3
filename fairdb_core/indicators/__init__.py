"""Facts about a record, each a Polars expression with its evidence, question and advice."""
