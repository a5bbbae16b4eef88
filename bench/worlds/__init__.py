"""Simulated deliveries of known people: whom the signals find, and whom they name wrongly."""
