"""Mechanisms of services, edges, queues, caches and clients: what each is and knows, a module each.

Plain objects that count, choose and remember; none knows the agenda. What happens to requests because of them is in the
kernel's own modules (`serving`, `lining`, `guarding`, `caching`, `consuming`, `clients`). Their parameters:
`gameday.core.kinds.mechanisms`.
"""
