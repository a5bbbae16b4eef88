"""Simulated deliveries with known culprits: how often the signals find them, and accuse others."""
