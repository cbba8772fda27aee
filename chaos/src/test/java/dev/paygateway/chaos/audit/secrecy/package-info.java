@NullMarked
package dev.paygateway.chaos.audit.secrecy;

import org.jspecify.annotations.NullMarked;
