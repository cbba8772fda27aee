package dev.paygateway.chaos.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number of like things to do, a few at a time.
 *
 * @param count how many
 * @param atOnce how many at the same time
 * @param history the file to write; must not exist
 */
public record Batch(int count, int atOnce, Path history) {
    public Batch {
        if (count < 1 || atOnce < 1) {
            throw new IllegalArgumentException(
                    "count is %d, parallel is %d: give 1 or more of each".formatted(count, atOnce));
        }
    }

    ObjectNode heading(String keyPrefix) {
        return Headings.first(0, 0, keyPrefix, Map.of());
    }

    <T> List<T> play(IntFunction<T> one) {
        var places = new Semaphore(atOnce);
        return Together.all(
                IntStream.range(0, count)
                        .mapToObj(number -> Together.task(() -> limited(places, one, number)))
                        .toList());
    }

    private static <T> T limited(Semaphore places, IntFunction<T> one, int number)
            throws InterruptedException {
        places.acquire();
        try {
            return one.apply(number);
        } finally {
            places.release();
        }
    }
}
