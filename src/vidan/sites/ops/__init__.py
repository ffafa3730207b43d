"""The operator of the server."""
