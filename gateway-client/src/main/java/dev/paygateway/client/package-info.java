/**
 * The merchants' client: one key on every retry, the addresses of both regions.
 *
 * <pre>{@code
 * var tls = PemTls.context(Path.of("ca.pem"), Path.of("merchant.pem"), Path.of("merchant.key"));
 * var settings = ClientSettings.of(
 *         List.of(URI.create("https://east.example"), URI.create("https://north.example")),
 *         tls, tokens::current);
 * try (var client = new GatewayClient(settings)) {
 *     var key = IdempotencyKey.of("order-1001-attempt-1");   // stored with the order, before
 *     var result = client.payments().pay(
 *             PaymentRequest.of(Money.of(1099, "EUR"), "order-1001", card), key);
 *     switch (result) {
 *         case PaymentResult.Approved it -> ship(it.payment());
 *         case PaymentResult.Declined it -> askForAnotherCard(it.problem());
 *         case PaymentResult.Refused it -> fixTheRequest(it.problem());
 *         case PaymentResult.Pending _, PaymentResult.Unreachable _ -> repeatLater(key);
 *     }
 * }
 * }</pre>
 *
 * <h2>What a call does</h2>
 *
 * <ul>
 *   <li>Every repeat carries the same key and the same bytes, so it cannot charge twice.
 *   <li>An answer that is missing, cut, unreadable, 5xx, or silent about {@code money_moved} leaves
 *       the outcome unknown; it is repeated, at the next address. It never counts as a refusal.
 *   <li>An address that fails rests: 10 s where nobody answers, 2 s after a 5xx. Then one call
 *       tries it again, and with it the others come back to the first address of the list.
 *   <li>{@code retry: same_key} is repeated, after {@code Retry-After}; {@code never}, {@code
 *       new_key} and {@code after_action} end the call.
 *   <li>A repeat after a silence says so ({@code Idempotency-Unanswered}), so that no gateway that
 *       cannot look answers "no" for the try before. Who repeats an older call's key, after a
 *       restart say, uses {@link dev.paygateway.client.CallOptions#repeating}.
 *   <li>202 is followed to its end: a payment by reads, anything else by its key.
 *   <li>The call ends within 30 s ({@link dev.paygateway.client.ClientSettings}); one try takes at
 *       most 4 s, or what {@link dev.paygateway.client.CallOptions#waitingUpTo} asks for.
 * </ul>
 *
 * <p>{@code Pending} and {@code Unreachable} are not refusals. Repeat the same request with the
 * same key, or read it by key: {@link dev.paygateway.client.Payments#getByKey}.
 *
 * <h2>What it holds on to</h2>
 *
 * A bounded pool of mutual TLS connections (64), reused across calls; one daemon thread that ends
 * overdue tries. The token is asked for before each try and kept nowhere; card numbers appear in no
 * {@code toString} and in no {@link dev.paygateway.client.Attempt}.
 */
@NullMarked
package dev.paygateway.client;

import org.jspecify.annotations.NullMarked;
