package dev.paygateway.chaos.report;

/** One thing that a drill must keep, and what it kept. */
public record GateResult(String name, String wanted, String measured, boolean passed) {}
