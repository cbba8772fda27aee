package dev.paygateway.chaos.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies a record with one component changed, so that a planted mistake is one line. */
final class Copy {
    private Copy() {}

    static <R extends Record> R with(R original, String component, Object value) {
        var components = original.getClass().getRecordComponents();
        var values =
                Arrays.stream(components)
                        .map(it -> it.getName().equals(component) ? value : read(original, it))
                        .toArray();
        if (Arrays.stream(components).noneMatch(it -> it.getName().equals(component))) {
            throw new IllegalArgumentException(component + " is no component of " + original);
        }
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType);
            var constructor =
                    original.getClass().getDeclaredConstructor(types.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            var copy = (R) constructor.newInstance(values);
            return copy;
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(component, impossible);
        }
    }

    private static Object read(Record original, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(original);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new LinkageError(component.getName(), impossible);
        }
    }
}
