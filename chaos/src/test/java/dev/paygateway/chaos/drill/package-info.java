@NullMarked
package dev.paygateway.chaos.drill;

import org.jspecify.annotations.NullMarked;
