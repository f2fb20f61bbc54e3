"""Published rubrics as files that say what each fact is worth."""
