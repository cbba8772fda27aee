package dev.paygateway.chaos.load;

import dev.paygateway.chaos.lab.RunEnvironment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** By which addresses a run reaches a gateway of two regions. */
public enum Via {
    /** Each customer knows both regions; half of them prefer the one, half the other. */
    BOTH,
    /** Each customer knows one name, and asks the lab's own DNS where it leads. */
    DNS,
    EAST,
    NORTH;

    private static final String EAST_URLS = "GATEWAY_URLS_EAST";

    /** As {@code --via} takes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static final class Word implements ITypeConverter<Via> {
        @Override
        public Via convert(String word) {
            return Stream.of(values())
                    .filter(via -> via.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "\"%s\": give both, dns, east or north".formatted(word)));
        }
    }

    /** Whether the lab has two regions. */
    static boolean isThere(RunEnvironment environment) {
        return environment.get(EAST_URLS).isPresent();
    }

    /**
     * The orders in which customers know the addresses, used in turn; each has all of them, so that
     * one order's clients stay together and learn together.
     */
    List<List<URI>> orders(RunEnvironment environment) {
        return switch (this) {
            case EAST -> List.of(urls(environment, EAST_URLS));
            case NORTH -> List.of(urls(environment, "GATEWAY_URLS_NORTH"));
            case DNS -> List.of(List.of(name(environment)));
            case BOTH ->
                    both(urls(environment, EAST_URLS), urls(environment, "GATEWAY_URLS_NORTH"));
        };
    }

    /** Each order begins with another instance; the regions take turns in being first. */
    private static List<List<URI>> both(List<URI> east, List<URI> north) {
        var orders = new ArrayList<List<URI>>();
        for (var turn = 0; turn < Math.max(east.size(), north.size()); turn++) {
            orders.add(joined(turned(east, turn), turned(north, turn)));
            orders.add(joined(turned(north, turn), turned(east, turn)));
        }
        return orders;
    }

    private static List<URI> turned(List<URI> urls, int by) {
        return IntStream.range(0, urls.size())
                .mapToObj(i -> urls.get((i + by) % urls.size()))
                .toList();
    }

    private static List<URI> joined(List<URI> first, List<URI> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    /** The port is the same in both regions, or no name could lead to both. */
    private static URI name(RunEnvironment environment) {
        var east = urls(environment, "GATEWAY_URL_EAST").getFirst();
        var north = urls(environment, "GATEWAY_URL_NORTH").getFirst();
        if (east.getPort() != north.getPort()) {
            throw new IllegalStateException(
                    "--via dns: one name leads to one port; the regions have %d and %d"
                            .formatted(east.getPort(), north.getPort()));
        }
        return URI.create(
                "https://%s:%d".formatted(environment.require("GATEWAY_NAME"), east.getPort()));
    }

    static List<URI> urls(RunEnvironment environment, String name) {
        return Stream.of(environment.require(name).split(","))
                .map(url -> URI.create(url.strip()))
                .toList();
    }
}
