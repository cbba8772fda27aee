/** The merchants' client: one key on every retry, the addresses of both regions. */
@NullMarked
package dev.paygateway.client;

import org.jspecify.annotations.NullMarked;
