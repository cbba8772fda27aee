/**
 * A small, strict HTTP/1.1 server over mutual TLS that can also fail on purpose: hang, reset the
 * connection, answer late or twice.
 */
@NullMarked
package dev.paygateway.chaos.acquirer.http;

import org.jspecify.annotations.NullMarked;
