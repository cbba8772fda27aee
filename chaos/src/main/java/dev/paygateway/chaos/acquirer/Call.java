package dev.paygateway.chaos.acquirer;

/** What a caller may ask for. Its reference is its idempotency key. */
sealed interface Call {

    String reference();

    String account();

    /** A card as it came; it is never written anywhere. */
    record Card(String number, int expiryMonth, int expiryYear) {
        String last4() {
            return number.substring(number.length() - 4);
        }

        SandboxCard sandbox() {
            return SandboxCard.ofNumber(number);
        }

        @Override
        public String toString() {
            return "card ending in " + last4();
        }
    }

    record Authorize(String reference, String account, Amount amount, boolean capture, Card card)
            implements Call {}

    /** A call about an earlier authorisation (a reversal: about anything). */
    sealed interface FollowUp extends Call {
        String original();
    }

    /** Takes held money; the last one frees what it leaves: the wire calls that final. */
    record Capture(String reference, String original, String account, Amount amount, boolean last)
            implements FollowUp {}

    /** Frees what is still held: the wire calls it a void. */
    record Cancel(String reference, String original, String account) implements FollowUp {}

    record Refund(String reference, String original, String account, Amount amount)
            implements FollowUp {}

    record Reverse(String reference, String original, String account) implements FollowUp {}

    record Inquire(String reference, String account) implements Call {}
}
