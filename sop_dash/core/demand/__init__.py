"""Demand: forecasts, their bands and their accuracy, and the consensus built on them. Quantities in planning units a
month.
"""
