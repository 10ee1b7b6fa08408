"""Figures: a pure data function and a draw function each."""
