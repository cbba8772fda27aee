package dev.paygateway.resource;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails any test that leaves a resource open in the ledger of the process, and any test class that
 * does, with the place that acquired it. Registered for every test of the module, outside of all
 * other extensions.
 *
 * <p>What was open before is no concern of it: a class may keep a service for all of its tests, and
 * must end it after them.
 */
public final class NothingLeftOpen
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** For what gives back in the background, and is about to. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Namespace NAMESPACE = Namespace.create(NothingLeftOpen.class);
    private static final Holdings HOLDINGS = Holdings.ofProcess();

    @Override
    public void beforeAll(ExtensionContext context) {
        HOLDINGS.traceAll();
        note(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        note(context);
    }

    private static void note(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), HOLDINGS.open());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context);
    }

    private static void check(ExtensionContext context) {
        var before =
                context.getStore(NAMESPACE)
                        .getOrDefault(context.getUniqueId(), Set.class, Set.of());
        if (!Pause.until(GRACE, () -> opened(before).isEmpty())) {
            throw new AssertionError(
                    context.getDisplayName() + " left open:\n" + words(opened(before)));
        }
    }

    private static Set<Holding> opened(Set<?> before) {
        var opened = new HashSet<>(HOLDINGS.open());
        opened.removeAll(before);
        return opened;
    }

    private static String words(Set<Holding> left) {
        return left.stream()
                .map(each ->
                        "%s %s, acquired at\n%s".formatted(each.kind(), each.name(), each.place()))
                .collect(Collectors.joining("\n"));
    }
}
