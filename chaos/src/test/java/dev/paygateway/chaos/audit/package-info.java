@NullMarked
package dev.paygateway.chaos.audit;

import org.jspecify.annotations.NullMarked;
