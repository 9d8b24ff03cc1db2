"""The simulation behind the example company: one module per thing the company does."""
