"""Tests of what makes the installable program."""
