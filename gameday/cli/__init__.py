"""The command line: one module a verb; exit codes and stdout live here only."""
