/** A real Kubernetes of one node, made of programs that are built here, and a region in it. */
@NullMarked
package dev.paygateway.chaos.kube;

import org.jspecify.annotations.NullMarked;
