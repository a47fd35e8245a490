"""The township desk's store: one SQLite file, or a PostgreSQL database where several officials work at once.

The same peewee tables serve both. Every key leads with the village's code, so that the rows of a village lie together
and a distributed PostgreSQL can keep villages apart (docs/scale.md). Rows never leave this package: its functions take
and return values of `domain.desk` and `domain.review`.
"""
