/** The payment gateway: starts the service; every package below is a module. */
@NullMarked
package dev.paygateway;

import org.jspecify.annotations.NullMarked;
