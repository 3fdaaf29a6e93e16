"""The service graph of a system: services as nodes, dependencies as edges keyed by their names (networkx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gameday.scenario.models.system import System

if TYPE_CHECKING:
    import networkx as nx


def service_graph(system: System) -> nx.MultiDiGraph[str]:
    """Services as nodes, dependencies as edges; the models themselves are their attributes."""
    import networkx as nx  # loaded here: a run that asks nothing about the graph does not pay for it

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, service in system.services.items():
        graph.add_node(name, service=service)
    for dependency in system.dependencies:
        graph.add_edge(dependency.caller, dependency.callee, key=dependency.name, dependency=dependency)
    return graph
