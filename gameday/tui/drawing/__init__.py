"""What is drawn on every tick, as pure functions of a snapshot and a size; knows no app and no widget."""
