"""Proposals: definitions derived from votes."""
