"""Comparing definitions without data: all that can happen to a patient, as far as two definitions tell it apart."""
