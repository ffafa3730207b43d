"""Starting and stopping everything on one machine: our own PostgreSQL, web, worker."""
