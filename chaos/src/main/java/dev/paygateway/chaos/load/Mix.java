package dev.paygateway.chaos.load;

/** Which cards a load draws from. */
public enum Mix {
    /** Every sandbox card, by its weight. */
    ALL,
    /** The card that always succeeds. */
    OK
}
