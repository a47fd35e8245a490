"""How the book is kept: identity, people, rules, backups, proof of integrity, and the log."""
