"""Decisions in the window: their register, entering one step by step, notices, evidence, printing, and the rules."""
