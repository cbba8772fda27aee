package dev.paygateway.chaos.acquirer;

import static dev.paygateway.chaos.acquirer.SandboxCard.Fault.*;
import static dev.paygateway.chaos.acquirer.SandboxCard.Judgement.*;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The cards of the sandbox: what the issuer says to each, and what goes wrong on the way back. */
enum SandboxCard {
    OK("4242424242424242", APPROVE, NONE),
    GENERIC_DECLINE("4000000000000002", DECLINE, NONE),
    INSUFFICIENT_FUNDS("4000000000009995", NO_FUNDS, NONE),
    EXPIRED("4000000000000069", TOO_OLD, NONE),
    INCORRECT_CVC("4000000000000127", WRONG_CVC, NONE),
    CHARGED_BUT_500("4000000000070500", APPROVE, ANSWERED_500),
    NOT_CHARGED_500("4000000000060501", IGNORE, ANSWERED_500),
    CHARGED_BUT_TIMEOUT("4000000000030504", APPROVE, HANGS),
    NOT_CHARGED_TIMEOUT("4000000000020505", IGNORE, HANGS),
    CHARGED_BUT_RESET("4000000000010506", APPROVE, RESET),
    ANSWERED_LATE("4000000000000507", APPROVE, LATE),
    ANSWERED_TWICE("4000000000090508", APPROVE, TWICE),
    INVISIBLE("4000000000080509", APPROVE, HANGS_AND_HIDES),
    REFUND_RETURNED("4000000000050510", APPROVE, NONE),
    NOT_PROCESSED_AT_FIRST("4000000000040511", SKIP_AT_FIRST, NONE),
    /** Any other number: no issuer of the sandbox knows it. */
    UNLISTED("", DECLINE, NONE);

    /** What becomes of an authorisation. */
    enum Judgement {
        APPROVE,
        DECLINE,
        NO_FUNDS,
        TOO_OLD,
        WRONG_CVC,
        /** Neither judged nor remembered: as if the request had never come. */
        IGNORE,
        /** The first acquirer refuses before the issuer sees it, the others approve. */
        SKIP_AT_FIRST
    }

    /** What happens to the answer. */
    enum Fault {
        NONE,
        ANSWERED_500,
        HANGS,
        /** Hangs, and inquiry does not see the effect for a minute. */
        HANGS_AND_HIDES,
        RESET,
        LATE,
        TWICE
    }

    private static final Map<String, SandboxCard> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toMap(c -> c.number, Function.identity()));
    private static final Map<String, SandboxCard> BY_LAST4 =
            Arrays.stream(values())
                    .filter(card -> card != UNLISTED)
                    .collect(Collectors.toMap(SandboxCard::last4, Function.identity()));

    private final String number;
    private final Judgement judgement;
    private final Fault fault;

    SandboxCard(String number, Judgement judgement, Fault fault) {
        this.number = number;
        this.judgement = judgement;
        this.fault = fault;
    }

    static SandboxCard ofNumber(String number) {
        return BY_NUMBER.getOrDefault(number, UNLISTED);
    }

    /** The card of an approved authorisation: only listed ones are ever approved. */
    static SandboxCard ofApproved(String last4) {
        return BY_LAST4.getOrDefault(last4, UNLISTED);
    }

    Judgement judgement() {
        return judgement;
    }

    Fault fault() {
        return fault;
    }

    private String last4() {
        return number.substring(number.length() - 4);
    }
}
