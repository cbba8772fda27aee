/** Paced load through the merchants' client, with a history of every answer. */
@NullMarked
package dev.paygateway.chaos.load;

import org.jspecify.annotations.NullMarked;
