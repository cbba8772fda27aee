package dev.paygateway.chaos.fault.manifest;

/** A manifest that says something that cannot be honoured: where, what, and what to do about it. */
public final class ManifestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * A refusal.
     *
     * @param place the file, with the line when one is known
     * @param path of the field, e.g. {@code spec.direction}
     * @param value what stands there
     * @param remedy why it cannot be, and what can
     */
    public ManifestRefused(String place, String path, String value, String remedy) {
        super(place + ": " + path + (value.isEmpty() ? "" : ": " + value) + ": " + remedy);
        this.path = path;
    }

    /** The field that was refused. */
    public String path() {
        return path;
    }
}
