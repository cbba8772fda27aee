package dev.paygateway.chaos.load;

import java.io.Console;
import java.util.Optional;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    static boolean here() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
