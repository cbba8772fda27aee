/** Judges charts, mesh, cloud, alerts and experiments by the tools that would meet them outside. */
@NullMarked
package dev.paygateway.chaos.lint;

import org.jspecify.annotations.NullMarked;
