"""What lives in the world beside the traffic: a module each for what scales, fills, expires, crashes and is away.

Residents are SimPy processes and the state they share with faults and actions. They change the system through effects,
versions and operations of the kernel only, each under its own source. What the kernel itself sets off (replicas killed
because their memory is full, or by a poison message) takes effect at the next second.
"""
