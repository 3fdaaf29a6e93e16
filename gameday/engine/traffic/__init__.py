"""The traffic kernel: every request of the simulated system lives and dies here. Start at `kernel.Traffic`.

A discrete-event simulation in plain data: integer microseconds, one heap of `(time, sequence, kind, subject)`.
`specs` says what it is built from; `stations`, `edges`, `entries` hold its state and what effects may change;
`serving`, `calling`, `clients` are what happens to requests; `windows` and `sampling` what can be seen of it. What is
kept has two modules each, what it is and what happens to it: `stores` and `caching`, `brokers` and `consuming`;
`replication` has both in one. An edge with mechanisms (`breakers`, `throttles`, `guards`, `pools`, `hedges`) is not
`plain`: its attempts are `attempts.Attempt`, and `guarding` is what happens to them. The hedge of attempt n is attempt
0x8000 + n of the same call.

Keys: root n of a stream = mix(stream, n), which is the key of its only attempt; call = mix(attempt, edge + index); the
first attempt of a call has the call's key, attempt n > 0 has mix(call, n). The draw of a visit's work is its key; every
other draw mixes in its purpose. So no draw depends on how many others were made.

A message's key is that of the attempt that stored it, and its deliveries are attempts of a call; a client's n-th return
is attempt n of its root. What a call asks a cache for belongs to the call, whatever its attempt.

At one instant: what a message loses on the way it loses before anybody could refuse it; a visit that ends frees its
worker before its caller knows; all calls of a stage are out before the first failure counts; a retry, even without
delay, comes after all that is already due; who fetched goes on before those who waited for its fetch; who
waits for a caller gives up before the caller does, a hedge before its first attempt; a connection that comes free goes
to the next in line before the caller goes on.
"""
