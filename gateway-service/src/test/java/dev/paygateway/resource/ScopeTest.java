package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever a block acquires is released on every way out of it, and the outcome stays.
 *
 * <p>Method: resources that write down their release, and some whose release fails.
 */
class ScopeTest {
    private final List<String> released = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void releasesTheLastFirst() {
        try (var scope = new Scope(failures::add)) {
            scope.own(() -> noted("lock"));
            scope.own(() -> noted("connection"));
        }
        assertThat(released).containsExactly("connection", "lock");
    }

    @Test
    void releasesOnFailureAndKeepsTheOutcome() {
        assertThatThrownBy(
                        () -> {
                            try (var scope = new Scope(failures::add)) {
                                scope.own(() -> noted("first"));
                                scope.own(() -> failing(new IOException("close")));
                                throw new IllegalStateException("the work's own");
                            }
                        })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the work's own")
                .hasNoSuppressedExceptions();
        assertThat(released).containsExactly("first");
        assertThat(failures).extracting(Throwable::getMessage).containsExactly("close");
    }

    @Test
    void releasesTheRestAfterAnErrorInOneRelease() {
        try (var scope = new Scope(failures::add)) {
            scope.own(() -> noted("first"));
            scope.own(() ->
                    () -> {
                        throw new StackOverflowError("deep");
                    });
            scope.own(() -> noted("third"));
        }
        assertThat(released).containsExactly("third", "first");
        assertThat(failures).hasSize(1);
    }

    @Test
    void releasesTheRestWhenReportingFails() {
        var loud = new IOException("close");
        try (var scope =
                new Scope(_ -> {
                    throw new IllegalStateException("report");
                })) {
            scope.own(() -> noted("first"));
            scope.own(() -> failing(loud));
        }
        assertThat(released).containsExactly("first");
        assertThat(loud.getSuppressed()).hasSize(1);
    }

    @Test
    void keepsTheInterruptOfARelease() {
        try (var scope = new Scope(failures::add)) {
            scope.own(() -> failing(new InterruptedException()));
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void ownsNothingThatWasNotAcquired() {
        assertThatThrownBy(
                        () -> {
                            try (var scope = new Scope(failures::add)) {
                                scope.own(() -> noted("first"));
                                scope.own(ScopeTest::refused);
                            }
                        })
                .hasMessage("refused");
        assertThat(released).containsExactly("first");
    }

    @Test
    @SuppressWarnings("OuterScope") // twenty in one scope is the point
    void releasesMoreThanItsFieldsHold() {
        var names = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
        try (var scope = new Scope(failures::add)) {
            names.forEach(name -> scope.own(() -> noted(name)));
        }
        assertThat(released).containsExactlyElementsOf(names.reversed());
    }

    @Test
    @SuppressWarnings("OuterScope") // never acquired
    void releasesOnceAndTakesNothingAfterwards() {
        try (var scope = new Scope(failures::add)) {
            scope.own(() -> noted("first"));
            end(scope);
            assertThatThrownBy(() -> scope.own(() -> noted("late")))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(released).containsExactly("first");
    }

    private static void end(Scope scope) {
        scope.close();
    }

    private AutoCloseable noted(String name) {
        return () -> released.add(name);
    }

    private static AutoCloseable failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    private static AutoCloseable refused() throws IOException {
        throw new IOException("refused");
    }
}
