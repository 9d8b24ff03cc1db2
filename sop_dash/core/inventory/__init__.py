"""Inventory: stock targets in days of the following demand. Arrays only."""
