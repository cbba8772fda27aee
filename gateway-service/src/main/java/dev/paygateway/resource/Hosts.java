package dev.paygateway.resource;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The database's servers, the nearest first. One that failed is asked last for a while, or each
 * login would wait for it again.
 */
final class Hosts {
    private static final Duration REST = Duration.ofSeconds(2);

    /** User and rights are the same on every server: asking another one would change nothing. */
    private static final List<Integer> SAME_EVERYWHERE = List.of(1044, 1045, 1049, 1698);

    private final List<String> hosts;
    private final ConcurrentMap<String, Long> restingSince = new ConcurrentHashMap<>();

    Hosts(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** All of them, those that rest behind the others. */
    List<String> inOrder() {
        var order = new ArrayList<String>(hosts.size());
        hosts.stream().filter(host -> !rests(host)).forEach(order::add);
        hosts.stream().filter(host -> !order.contains(host)).forEach(order::add);
        return order;
    }

    String nearest() {
        return hosts.getFirst();
    }

    private boolean rests(String host) {
        var since = restingSince.get(host);
        return since != null && System.nanoTime() - since < REST.toNanos();
    }

    void failed(String host) {
        restingSince.put(host, System.nanoTime());
    }

    void works(String host) {
        restingSince.remove(host);
    }

    /** Whether another server may do better. */
    static boolean isOfOneServer(SQLException failure) {
        return !SAME_EVERYWHERE.contains(failure.getErrorCode());
    }
}
