"""The catalogue: versions, papers, time limits, fees."""
