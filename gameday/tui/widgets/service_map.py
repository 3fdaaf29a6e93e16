"""The service map as a panel: arrows and clicks select, enter opens."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from gameday.tui.drawing import service_map
from gameday.tui.drawing.line import Line
from gameday.tui.drawing.map_layout import Layout, lay_out
from gameday.tui.drawing.state import MapState, Topology
from gameday.tui.widgets.panel import DrawnPanel, Opened, Selected


class ServiceMap(DrawnPanel[MapState], can_focus=True):
    """Who calls whom and how each is. Keeps its selection until a snapshot or `select` brings another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move('up')", "Up", show=False, id="map.up"),
        Binding("down,j", "move('down')", "Down", show=False, id="map.down"),
        Binding("left", "move('left')", "Callers", show=False, id="map.left"),
        Binding("right", "move('right')", "Callees", show=False, id="map.right"),
        Binding("enter", "open", "Open", show=False, id="map.open"),
    ]

    def __init__(
        self, topology: Topology | None = None, *, title: str = "1 Service map", hint: str = "", id: str | None = None
    ) -> None:
        super().__init__(MapState(()), title=title, hint=hint, id=id)
        self._topology = topology
        self._layout: Layout | None = lay_out(topology) if topology else None

    @property
    def fits(self) -> bool:
        """Whether there is room for the map; without, the panel lists the services, and a table says more."""
        return service_map.fits(self._layout, *self.inner_size)

    def set_topology(self, topology: Topology) -> None:
        """Lays out another system; the same one again costs a comparison."""
        if topology != self._topology:
            self._topology = topology
            self._layout = lay_out(topology)
            self.redraw()

    def show(self, state: MapState) -> None:
        """Shows a snapshot; one without a selection leaves the selection as it is."""
        super().show(state if state.selected is not None else replace(state, selected=self.state.selected))

    def select(self, name: str | None) -> None:
        """Moves the selection without telling anybody."""
        super().show(replace(self.state, selected=name))

    def draw(self, state: MapState, width: int, height: int) -> list[Line]:
        """The map, or the services worst first where it does not fit."""
        return service_map.draw(self._layout, state, width, height, self.look.glyphs)

    def action_move(self, direction: str) -> None:
        """Moves the selection to the next node in a direction."""
        self._choose(service_map.neighbour(self._layout, self.state.selected, direction))

    def action_open(self) -> None:
        """Asks for the details of the selected node."""
        if self.state.selected is not None:
            self.post_message(Opened(self, self.state.selected))

    def on_click(self, event: events.Click) -> None:
        """Selects the node under the pointer."""
        width, height = self.inner_size
        edge = 1 if (width, height) != tuple(self.size) else 0
        self._choose(service_map.node_at(self._layout, width, height, event.x - edge, event.y - edge))

    def _choose(self, name: str | None) -> None:
        if name is not None and name != self.state.selected:
            self.select(name)
            self.post_message(Selected(self, name))
