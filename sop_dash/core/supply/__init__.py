"""Supply: capacity, the linear programme and its solver, rule-based planners, options and explanations. Arrays only."""
