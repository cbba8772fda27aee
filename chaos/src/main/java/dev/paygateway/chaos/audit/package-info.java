/** The judge: histories, books and the database, read only, give one verdict. */
@NullMarked
package dev.paygateway.chaos.audit;

import org.jspecify.annotations.NullMarked;
