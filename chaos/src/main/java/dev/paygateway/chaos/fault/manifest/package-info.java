/** Manifests of faults, read so strictly that nothing of them is passed over in silence. */
@NullMarked
package dev.paygateway.chaos.fault.manifest;

import org.jspecify.annotations.NullMarked;
