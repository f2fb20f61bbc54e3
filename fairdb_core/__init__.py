"""FAIRDatabase: how FAIR datasets are, why, and how to get them fixed."""
