"""Scoring: what a definition says of a course, and why."""
