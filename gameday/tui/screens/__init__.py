"""The screens: they compose panels and route keys, commands and snapshots; logic lives below."""
