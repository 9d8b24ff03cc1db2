"""Studies: questions that take many plans to answer."""
