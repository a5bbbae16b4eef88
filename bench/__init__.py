"""Benchmarks: measured by hand, written to pages, never timed in a test."""
