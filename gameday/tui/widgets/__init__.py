"""Small line-API widgets over `gameday.tui.drawing`: they hold one snapshot, redraw what changed, post messages."""
