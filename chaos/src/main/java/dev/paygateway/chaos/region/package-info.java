/** What an operator asks of the regions, and moves between them, through their management ports. */
@NullMarked
package dev.paygateway.chaos.region;

import org.jspecify.annotations.NullMarked;
