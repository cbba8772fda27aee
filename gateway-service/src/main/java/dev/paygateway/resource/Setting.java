package dev.paygateway.resource;

import java.util.function.Predicate;

/**
 * One property's value on its way into a settings record.
 *
 * @param isShown whether a refusal may quote the value
 */
record Setting<T>(String property, T value, boolean isShown) {
    Setting(String property, T value) {
        this(property, value, true);
    }

    /** A value that is, or by mistake may hold, a secret: no log ever quotes it. */
    static <T> Setting<T> hidden(String property, T value) {
        return new Setting<>(property, value, false);
    }

    /** The value, or a refused start that names the property. */
    T require(Predicate<T> isRight, String remedy) {
        if (isRight.test(value)) {
            return value;
        }
        throw new StartRefused(property + problem(String.valueOf(value)), remedy);
    }

    private String problem(String given) {
        if (given.isEmpty() || given.equals("[]")) {
            return " is missing";
        }
        return isShown ? " is wrong: \"" + given + '"' : " is wrong; its value is not shown";
    }

    @Override
    public String toString() {
        return property;
    }
}
