"""A backup: one tar file with the database as it was at one moment, the media, the secret key, and a manifest.

database.sqlite3                 on SQLite: the whole file, through SQLite's own backup interface
tables/<name>.copy               on PostgreSQL: each table in COPY's text format, all of one REPEATABLE READ snapshot
media/…                          uploaded and fetched files
secret.key                       without it, what was encrypted with it cannot be read: keep the archive as safe
manifest.json                    last: versions, migrations, rows per table, SHA-256 of every other member
"""
