package dev.paygateway.chaos.lab;

/** What a part can be sent: die at once, end in order, freeze, go on. */
public enum Signal {
    KILL,
    TERM,
    STOP,
    CONT;

    boolean ends() {
        return this == KILL || this == TERM;
    }
}
