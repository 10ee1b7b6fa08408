"""Cleaning that leaves a trail: flags, corrections that people confirm, who is analyzed. Nothing is ever dropped."""
