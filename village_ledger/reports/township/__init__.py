"""Sums over the villages of a township (汇总), made from figures by topic that were taken when a month came in.

A builder takes what was gathered (`figures.Gathered`) and returns a `Report` as any other; nothing here reads a store.
"""
