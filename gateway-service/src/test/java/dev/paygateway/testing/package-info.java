/** What several test packages share. */
@NullMarked
package dev.paygateway.testing;

import org.jspecify.annotations.NullMarked;
