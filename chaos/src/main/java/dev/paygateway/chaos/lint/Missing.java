package dev.paygateway.chaos.lint;

/** Something cannot be judged on this machine or in this tree; said aloud, never passed over. */
public final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;

    public Missing(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
