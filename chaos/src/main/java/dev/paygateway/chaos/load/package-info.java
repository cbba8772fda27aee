/**
 * Paced load through the merchants' client, with a history of every answer.
 *
 * <p>{@link dev.paygateway.chaos.load.LoadRun} plays seeded scenarios at a fixed pace; {@link
 * dev.paygateway.chaos.load.Races} and {@link dev.paygateway.chaos.load.Refunds} collide on
 * purpose. All write one JSON line before each HTTP request and one after it: the client's book,
 * which the audit holds against the database and the acquirers' books.
 */
@NullMarked
package dev.paygateway.chaos.load;

import org.jspecify.annotations.NullMarked;
