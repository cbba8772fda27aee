/** What the audit reads: histories, books and rows, and one dossier a payment made of them. */
@NullMarked
package dev.paygateway.chaos.audit.evidence;

import org.jspecify.annotations.NullMarked;
