"""The traffic kernel: every request of the simulated system lives and dies here. Start at `kernel.Traffic`.

A discrete-event simulation in plain data: integer microseconds, one heap of `(time, sequence, kind, subject)`.
`specs` says what it is built from; `stations`, `edges`, `entries` hold its state and what effects may change;
`serving`, `calling`, `clients` are what happens to requests; `windows` and `sampling` what can be seen of it.

Keys: root n of a stream = mix(stream, n), which is the key of its only attempt; call = mix(attempt, edge + index); the
first attempt of a call has the call's key, attempt n > 0 has mix(call, n). The draw of a visit's work is its key; every
other draw mixes in its purpose. So no draw depends on how many others were made.

At one instant: what a message loses on the way it loses before anybody could refuse it; a visit that ends frees its
worker before its caller knows; all calls of a stage are out before the first failure counts; a retry, even without
delay, comes after all that is already due.
"""
