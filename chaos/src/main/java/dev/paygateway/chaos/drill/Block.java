package dev.paygateway.chaos.drill;

import java.time.Duration;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param line where it begins
 * @param rest how long payments flow behind its last command before the drill goes on
 */
record Block(int line, Phase phase, Duration rest, List<Order> orders) {
    Block {
        orders = List.copyOf(orders);
    }
}
