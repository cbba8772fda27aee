package dev.paygateway.chaos.audit.evidence;

import java.time.Instant;

/**
 * When the client did something.
 *
 * @param wall by the wall clock, comparable with the other books
 * @param monotonic nanoseconds since an arbitrary origin, comparable within one run only
 */
public record Moment(Instant wall, long monotonic) {}
