/** Drills: a run-book page is parsed, its commands are executed under load, the end is judged. */
@NullMarked
package dev.paygateway.chaos.drill;

import org.jspecify.annotations.NullMarked;
