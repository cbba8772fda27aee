package dev.paygateway.chaos.load;

import dev.paygateway.client.Names;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks one DNS server, and keeps what it said for as long as it said, five seconds at most: what a
 * client gets that follows a name as closely as the name allows. A server that does not answer
 * leaves the last answer in force.
 */
final class LabNames implements Names {
    static final Duration KEPT_MAX = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Resolver resolver;
    private final Watch watch;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known("", List.of(), 0));

    private record Known(String host, List<InetAddress> addresses, long untilNanos) {}

    LabNames(Resolver resolver, Watch watch) {
        this.resolver = resolver;
        this.watch = watch;
    }

    /** At {@code host:port}. */
    static LabNames of(String address) {
        var colon = address.lastIndexOf(':');
        var server =
                new InetSocketAddress(
                        address.substring(0, colon),
                        Integer.parseInt(address.substring(colon + 1)));
        var resolver = new SimpleResolver(server);
        resolver.setTimeout(WAIT);
        return new LabNames(resolver, Watch.real());
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        var now = watch.nanos();
        var last = known.get();
        if (last.host().equals(host) && now - last.untilNanos() < 0) {
            return last.addresses();
        }
        var fresh = asked(host, now);
        known.set(fresh);
        return fresh.addresses();
    }

    private Known asked(String host, long now) throws UnknownHostException {
        try {
            var name = Name.fromString(host, Name.root);
            var answer = resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
            var found =
                    answer.getSection(Section.ANSWER).stream()
                            .filter(ARecord.class::isInstance)
                            .map(ARecord.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            var kept =
                    Math.min(
                            found.getFirst().getTTL() * Duration.ofSeconds(1).toNanos(),
                            KEPT_MAX.toNanos());
            return new Known(host, found.stream().map(ARecord::getAddress).toList(), now + kept);
        } catch (UnknownHostException none) {
            throw none;
        } catch (IOException silent) {
            return old(host, now, silent);
        }
    }

    private Known old(String host, long now, IOException silent) throws UnknownHostException {
        var last = known.get();
        if (!last.host().equals(host)) {
            var unknown = new UnknownHostException(host + ": the DNS server does not answer");
            unknown.initCause(silent);
            throw unknown;
        }
        return new Known(host, last.addresses(), now + WAIT.toNanos());
    }
}
