package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever a block acquires is released on every way out of it, and the outcome stays.
 *
 * <p>Method: resources that write down their release, and some whose release fails; then random
 * trees of scopes ({@code -Dscope.seed=N} plays one again) against a model of them.
 */
class ScopeTest {
    private static final long SEEDS = Long.getLong("scope.seeds", 20_000);
    private static final long FIRST_SEED = Long.getLong("scope.seed", 1);

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

    static Stream<Throwable> anyFailure() {
        return Stream.of(
                new IOException("checked"),
                new IllegalStateException("unchecked"),
                new StackOverflowError("deep"),
                new OutOfMemoryError("full"),
                new AssertionError("bug"),
                new InterruptedException("told to stop"));
    }

    @ParameterizedTest
    @MethodSource("anyFailure")
    void releasesTheRestAndKeepsTheAnswer(Throwable failure) {
        assertThat(answerPast(failure)).isEqualTo("answer");
        assertThat(released).containsExactly("third", "first");
        assertThat(failures).containsExactly(failure);
        assertThat(Thread.interrupted()).isEqualTo(failure instanceof InterruptedException);
    }

    private String answerPast(Throwable failure) {
        try (var scope = new Scope(failures::add)) {
            scope.own(() -> noted("first"));
            scope.own(() -> failing(failure));
            scope.own(() -> noted("third"));
            return "answer";
        }
    }

    static Stream<Consumer<Throwable>> brokenReports() {
        return Stream.of(
                _ -> {
                    throw new IllegalStateException("report");
                },
                _ -> {
                    throw new AssertionError("report");
                },
                failure -> {
                    throw new UncheckedIOException((IOException) failure);
                },
                failure -> thrown(failure));
    }

    @ParameterizedTest
    @MethodSource("brokenReports")
    void releasesTheRestWhenReportingFails(Consumer<Throwable> report) {
        var loud = new IOException("close");
        try (var scope = new Scope(report)) {
            scope.own(() -> noted("first"));
            scope.own(() -> failing(loud));
        }
        assertThat(released).containsExactly("first");
    }

    @Test
    void saysWhyAReportFailed() {
        var loud = new IOException("close");
        try (var scope =
                new Scope(_ -> {
                    throw new IllegalStateException("report");
                })) {
            scope.own(() -> failing(loud));
        }
        assertThat(loud.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("report");
    }

    @Test
    void ownsAFileAsAnythingElse(@TempDir Path folder) throws IOException {
        var files = new ArrayList<FileChannel>();
        var path = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(
                        () -> {
                            try (var scope = new Scope(failures::add)) {
                                files.add(scope.own(() -> FileChannel.open(path)));
                                throw new StackOverflowError("the work's own");
                            }
                        })
                .isInstanceOf(StackOverflowError.class);
        assertThat(files).hasSize(1).noneMatch(FileChannel::isOpen);
    }

    /** Any tree of scopes, any failures in it, from a seed. */
    @Test
    void releasesAsTheModelSays() {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            var tree = ScopeTree.grow(new Random(seed));
            assertThat(tree.run()).as("seed %d: %s", seed, tree).isEqualTo(tree.model());
        }
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

    private static AutoCloseable failing(Throwable failure) {
        return () -> ScopeTest.thrown(failure);
    }

    /** Any Throwable, whatever the compiler has been promised. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased
    private static <X extends Throwable> void thrown(Throwable failure) throws X {
        throw (X) failure;
    }

    private static AutoCloseable refused() throws IOException {
        throw new IOException("refused");
    }
}
