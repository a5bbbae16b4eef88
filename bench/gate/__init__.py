"""How often the gate accepts what it must not, and what it should: seeded simulations."""
