"""The words of the plan: periods, inputs, levers, results, KPIs, findings and errors."""
