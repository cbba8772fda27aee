package dev.paygateway.client;

/**
 * How a read ended.
 *
 * @param <T> what was asked for
 */
public sealed interface ReadResult<T> {
    record Found<T>(T value) implements ReadResult<T> {}

    /** There is no such thing, or it is another merchant's. */
    record Missing<T>(Problem problem) implements ReadResult<T> {}

    record Refused<T>(Problem problem) implements ReadResult<T> {}

    /** No readable answer in time; says nothing about what was asked for. */
    record Unreachable<T>(String lastError) implements ReadResult<T> {}
}
