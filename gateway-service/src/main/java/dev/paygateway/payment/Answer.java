package dev.paygateway.payment;

/**
 * What a merchant is told at the end of an operation, kept to be told again byte for byte.
 *
 * @param status HTTP status: 201, 402 or 410
 * @param body JSON
 */
public record Answer(int status, String body) {}
