"""Rules on who can start functions: URLs, APIs, permissions, and the sources of events."""
