"""Performance: the figures of a plan, the review of the last month, trends with bands, stability, exceptions."""
