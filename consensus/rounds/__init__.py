"""Rounds of a panel: who is asked what when, what comes back, what it settles, and how far it can be trusted."""
