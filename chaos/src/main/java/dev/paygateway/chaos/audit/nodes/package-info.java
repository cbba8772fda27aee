/** Whether all nodes of the database hold the same rows, read with the auditor's rights. */
@NullMarked
package dev.paygateway.chaos.audit.nodes;

import org.jspecify.annotations.NullMarked;
