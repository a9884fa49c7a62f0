"""Measurements on generated data."""
