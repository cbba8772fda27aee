package dev.paygateway.chaos.report;

/**
 * One thing that a drill must keep, and what it kept.
 *
 * @param passed whether it was kept
 * @param ofTime whether nothing but seconds speaks against it, which a shared machine may miss
 */
public record GateResult(
        String name, String wanted, String measured, boolean passed, boolean ofTime) {}
