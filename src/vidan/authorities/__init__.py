"""Units with dates and successors, and the working calendar."""
