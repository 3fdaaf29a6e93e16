"""What every other package speaks: units, draws of chance, text, errors, signals, events, commands."""
