@NullMarked
package dev.paygateway.acquirer;

import org.jspecify.annotations.NullMarked;
