package dev.paygateway.chaos.report;

import java.time.Duration;
import java.time.Instant;

/**
 * What a client saw in one second.
 *
 * @param arrived payments sent for the first time
 * @param acknowledged answers 2xx to money requests
 * @param answered payments that got their first answer that means something
 * @param unknown requests whose outcome nobody knew
 * @param p50 of the payments that arrived then, to that answer; zero where none got any
 */
public record Second(
        Instant at,
        int arrived,
        int acknowledged,
        int answered,
        int unknown,
        Duration p50,
        Duration p99) {}
