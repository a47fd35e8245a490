"""The book file: schema, triggers, migrations, reading and writing. The only user of SQLite and peewee.

Does not: decide what may be booked (that is `domain` and `services`).
"""
