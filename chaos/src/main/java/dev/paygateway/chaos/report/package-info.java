/** What a drill came to: figures from the client's history, a page for people, JSON, a trend. */
@NullMarked
package dev.paygateway.chaos.report;

import org.jspecify.annotations.NullMarked;
