"""The words of logs: for each cause of a failure, what a service of its kind really writes.

`OWN` is what a service says of requests that it failed itself, `CALL` what a caller says of its call to another. Where
a kind has no words of its own for a cause, the common ones hold; a cause without any words is named.

Placeholders: `what` (entry, segment), `noun` (what the kind calls a worker), `queue` (how many waited), `waited`,
`attempt`, `why` (which call failed a request, and how), and of calls `edge`, `callee`, `caller`.

Sources of the phrasing: PostgreSQL's and MySQL's server messages, Redis replies, RabbitMQ's log, nginx and Envoy access
logs (response flags UO, UF, UT, RL, DC), Go's net and crypto/x509 errors, gRPC's status names.
"""

from __future__ import annotations

from collections.abc import Mapping

Templates = Mapping[str, str]

_COMMON_OWN: Templates = {
    "refused": "ERROR no free {noun}, queue full ({queue} waiting); refused {what}",
    "dropped": "ERROR no free {noun}, queue full ({queue} waiting); dropped {what} without an answer",
    "down": "ERROR not running; refused {what}",
    "shed": "WARN  shed {what}",
    "error": "ERROR failed {what} after {waited}",
    "killed": "ERROR terminated while serving {what}",
    "dependency": "ERROR {what} failed after {waited}: {why}",
    "timeout": "WARN  {what} not done in time, {queue} waiting",
    "blocked": "WARN  blocked {what} at the door",
    "limited": "WARN  429 rate limit exceeded; turned away {what}",
    "expired": "WARN  deadline already exceeded, {what} not started; {queue} waiting",
    "cancelled": "INFO  {what} cancelled by its caller after {waited}",
    "unauthorized": "WARN  401 invalid or expired credentials; {what}",
    "certificate": "ERROR TLS handshake failed: remote error: bad certificate (expired)",
    "abandoned": "INFO  client went away after {waited}, {what}",
    "overdue": "WARN  dropped {what}: waited too long in line, {waited} ({queue} waiting)",
}
_OWN: Mapping[str, Templates] = {
    "database": {
        "refused": "FATAL sorry, too many clients already ({queue} waiting); {what}",
        "dropped": "FATAL sorry, too many clients already ({queue} waiting); connection dropped, {what}",
        "error": "ERROR could not complete statement after {waited}; {what}",
        "killed": "FATAL terminating connection due to administrator command; {what}",
        "timeout": "ERROR canceling statement due to statement timeout; {what}, {queue} waiting",
        "expired": "ERROR canceling statement due to statement timeout; {what}, {queue} waiting",
        "cancelled": "ERROR canceling statement due to user request after {waited}; {what}",
        "unauthorized": "FATAL password authentication failed; {what}",
        "limited": "FATAL too many connections for role; {what}",
        "certificate": "LOG   could not accept SSL connection: sslv3 alert certificate expired",
    },
    "cache": {
        "refused": "WARN  max number of clients reached ({queue} waiting); {what}",
        "dropped": "WARN  max number of clients reached ({queue} waiting); connection closed, {what}",
        "error": "WARN  command failed after {waited}; {what}",
        "killed": "WARN  received SIGKILL, client connection closed; {what}",
        "limited": "WARN  command rate exceeded; {what}",
        "unauthorized": "WARN  NOAUTH authentication required; {what}",
        "expired": "WARN  command not run, client timed out; {queue} waiting",
    },
    "queue": {
        "refused": "WARN  queue at its length limit ({queue} waiting); publish rejected, {what}",
        "dropped": "WARN  queue at its length limit ({queue} waiting); message dropped, {what}",
        "error": "ERROR message could not be stored after {waited}; {what}",
        "killed": "ERROR connection closed abruptly, node going down; {what}",
        "limited": "WARN  connection blocked: flow control; {what}",
        "timeout": "WARN  no acknowledgement within the visibility timeout, message requeued; {what}",
        "unauthorized": "WARN  ACCESS_REFUSED - login was refused; {what}",
    },
    "gateway": {
        "refused": "WARN  503 UO upstream overflow, no free {noun} ({queue} waiting); {what}",
        "dropped": "WARN  accept queue full ({queue} waiting); connection dropped, {what}",
        "down": "ERROR 503 UH no healthy upstream; {what}",
        "shed": "WARN  503 load shed; {what}",
        "error": "ERROR 500 {what} after {waited}",
        "dependency": "ERROR 502 {what} failed upstream after {waited}: {why}",
        "timeout": "WARN  504 UT {what} not done in time, {queue} waiting",
        "expired": "WARN  504 {what} not forwarded, its deadline is over; {queue} waiting",
        "limited": "WARN  429 RL {what}",
        "blocked": "WARN  403 {what}",
        "cancelled": "INFO  499 DC client closed request after {waited}; {what}",
        "abandoned": "INFO  499 DC client closed request after {waited}; {what}",
        "overdue": "WARN  503 dropped, waited too long in line, {waited} ({queue} waiting); {what}",
        "unauthorized": "WARN  401 {what}",
    },
    "worker": {
        "refused": "ERROR backlog full ({queue} waiting), no free {noun}; job rejected, {what}",
        "error": "ERROR job failed after {waited}; {what}",
        "killed": "ERROR {noun} killed with a job in it (SIGKILL); {what}",
        "dependency": "ERROR job failed after {waited}: {why}; {what}",
        "expired": "WARN  job skipped, nobody waits for it any more; {queue} waiting",
        "cancelled": "INFO  job cancelled after {waited}; {what}",
    },
}

_COMMON_CALL: Templates = {
    "timeout": "WARN  {edge}: no answer within {waited}, attempt {attempt}, {what}",
    "refused": "WARN  {edge}: refused, attempt {attempt}, {what}",
    "down": "ERROR {edge}: connection refused, {what}",
    "shed": "WARN  {edge}: shed, attempt {attempt}, {what}",
    "error": "WARN  {edge}: answered with an error, attempt {attempt}, {what}",
    "killed": "ERROR {edge}: connection reset, {what}",
    "dependency": "WARN  {edge}: failed upstream after {waited}, attempt {attempt}, {what}",
    "broken": "WARN  {edge}: circuit breaker is open, call not sent, {what}",
    "throttled": "WARN  {edge}: held back by adaptive throttling, call not sent, {what}",
    "limited": "WARN  {edge}: 429 too many requests, attempt {attempt}, {what}",
    "pool": "ERROR {edge}: no connection from the pool within {waited}, all in use, {what}",
    "expired": "WARN  {edge}: deadline exceeded before it was begun, attempt {attempt}, {what}",
    "cancelled": "INFO  {edge}: cancelled after {waited}, {what}",
    "unauthorized": "ERROR {edge}: 401 unauthorized, credentials were not accepted, {what}",
    "certificate": "ERROR {edge}: x509: certificate of {callee} has expired or is not yet valid, {what}",
    "dns": "ERROR {edge}: lookup {callee}: no such host, {what}",
    "abandoned": "INFO  {edge}: given up after {waited}, {what}",
    "overdue": "WARN  {edge}: dropped by {callee} after {waited} in its line, attempt {attempt}, {what}",
}
_CALL: Mapping[str, Templates] = {
    "database": {
        "refused": "ERROR {edge}: FATAL: sorry, too many clients already, attempt {attempt}, {what}",
        "killed": "ERROR {edge}: server closed the connection unexpectedly, {what}",
        "error": "ERROR {edge}: query failed, attempt {attempt}, {what}",
        "pool": "ERROR {edge}: timed out after {waited} waiting for a database connection, pool exhausted, {what}",
        "unauthorized": 'ERROR {edge}: FATAL: password authentication failed for user "{caller}", {what}',
        "expired": "WARN  {edge}: canceling statement due to statement timeout, attempt {attempt}, {what}",
    },
    "cache": {
        "refused": "WARN  {edge}: ERR max number of clients reached, {what}",
        "pool": "WARN  {edge}: connection pool exhausted, waited {waited}, {what}",
        "unauthorized": "ERROR {edge}: WRONGPASS invalid username-password pair, {what}",
        "error": "WARN  {edge}: command failed, attempt {attempt}, {what}",
    },
    "queue": {
        "refused": "WARN  {edge}: publish not confirmed (nack), attempt {attempt}, {what}",
        "timeout": "WARN  {edge}: no publisher confirm within {waited}, attempt {attempt}, {what}",
        "error": "WARN  {edge}: message failed, {what}",
        "unauthorized": "ERROR {edge}: ACCESS_REFUSED - login was refused, {what}",
    },
    "external": {
        "limited": "WARN  {edge}: 429 from {callee}, quota exceeded, attempt {attempt}, {what}",
        "refused": "WARN  {edge}: 503 from {callee}, attempt {attempt}, {what}",
        "error": "WARN  {edge}: 500 from {callee}, attempt {attempt}, {what}",
        "unauthorized": "ERROR {edge}: 401 from {callee}, API key was not accepted, {what}",
    },
}


def own(kind: str, cause: str) -> str:
    """What a service of this kind says of a request that failed in it."""
    return _OWN.get(kind, {}).get(cause) or _COMMON_OWN.get(cause, "WARN  {cause}: {what}")


def call(kind: str, cause: str) -> str:
    """What a caller says of a call to a service of this kind."""
    return _CALL.get(kind, {}).get(cause) or _COMMON_CALL.get(cause, "WARN  {edge}: {cause}, attempt {attempt}, {what}")
