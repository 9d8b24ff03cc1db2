"""Checks of what a company brings: each looks at tables and returns findings; none found is an empty list."""
