"""Inventory: stock targets in days of the following demand, and the path that leads to them. Arrays only."""
