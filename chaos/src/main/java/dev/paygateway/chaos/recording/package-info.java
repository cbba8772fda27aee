/** What a recording of an instance tells of the resources that it held, leaked or held too long. */
@NullMarked
package dev.paygateway.chaos.recording;

import org.jspecify.annotations.NullMarked;
