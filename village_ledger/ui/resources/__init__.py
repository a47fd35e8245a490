"""Parcels of land: the register, the map, and what happens to parcels."""
