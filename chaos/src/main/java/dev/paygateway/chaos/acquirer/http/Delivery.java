package dev.paygateway.chaos.acquirer.http;

import java.time.Duration;

/** How an answer reaches the caller, or fails to. */
public sealed interface Delivery {

    /** At once, once: what everybody hopes for. */
    record Plain(HttpAnswer answer) implements Delivery {}

    /** The same answer two times, one after the other, on a connection that stays open. */
    record Twice(HttpAnswer answer) implements Delivery {}

    /** After a wait, unless the caller hangs up before. */
    record Late(HttpAnswer answer, Duration after) implements Delivery {}

    /** Never: the connection is held until the caller gives up, at most {@code longest}. */
    record Hang(Duration longest) implements Delivery {}

    /** Never: the connection is reset (TCP RST, no TLS close). */
    record Reset() implements Delivery {}
}
