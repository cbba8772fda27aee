/** Real parts for tests of any package: a MariaDB and an OpenBao with its agent, one set a JVM. */
@NullMarked
package dev.paygateway.testing;

import org.jspecify.annotations.NullMarked;
