"""Files that people write: models, YAML with positions, checks, schema, the library."""
