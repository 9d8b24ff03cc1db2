"""Story lines: one or two sentences computed from the numbers of a page; the same for page, deck and minutes."""
