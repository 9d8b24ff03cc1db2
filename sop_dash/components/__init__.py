"""Pieces of a page, each with one home: tiles, cards, grids, levers, filters, and the states a page can be in."""
