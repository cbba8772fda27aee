package dev.paygateway.resource;

import java.util.function.Predicate;

/** One property's value on its way into a settings record. */
record Setting<T>(String property, T value) {
    /** The value, or a refused start that names the property. */
    T require(Predicate<T> isRight, String remedy) {
        if (isRight.test(value)) {
            return value;
        }
        var shown = String.valueOf(value);
        var problem =
                shown.isEmpty() || shown.equals("[]")
                        ? property + " is missing"
                        : property + " is wrong: \"" + shown + '"';
        throw new StartRefused(problem, remedy);
    }
}
