"""The cycle as a process: stages, who takes part, what goes in and comes out, and the working days they take."""
