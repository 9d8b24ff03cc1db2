"""The store: SQLite by default, opened by `engine` alone, written in short transactions, every change audited."""
