@NullMarked
package dev.paygateway.chaos.report;

import org.jspecify.annotations.NullMarked;
