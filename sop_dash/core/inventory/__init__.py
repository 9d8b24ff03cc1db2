"""Inventory: stock targets, safety stock, lots, classes and the health of stock, by item or family. Arrays only."""
