"""Finance: profit by month on units shipped, working capital and cash, exact bridges, the outlook of the year."""
