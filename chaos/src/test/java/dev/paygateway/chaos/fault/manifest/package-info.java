/** Faults on real processes, and manifests that are refused. */
@NullMarked
package dev.paygateway.chaos.fault.manifest;

import org.jspecify.annotations.NullMarked;
