"""The forecasting models that the engine combines, one a file; each forecasts every series of a portfolio in one
pass.
"""
