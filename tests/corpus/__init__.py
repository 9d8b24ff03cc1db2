"""Good, odd and hostile files with what an import must make of each, built from a few lines of code."""
