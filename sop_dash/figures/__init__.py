"""Results in, plain chart dicts and written numbers out; nothing here knows Dash."""
