package dev.paygateway.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/**
 * Goal: a name is followed within five seconds, or sooner where its own record says so.
 *
 * <p>Method: a name server in memory; time is told.
 */
class LabNamesTest {
    private static final String HOST = "api.lab";

    private final QuickWatch watch = new QuickWatch();
    private final NameServer server = new NameServer();
    private final LabNames names = new LabNames(server, watch);

    /** Answers with one address, or not at all. */
    private static final class NameServer implements Resolver {
        private String address = "10.91.1.1";
        private long ttl = 60;
        private boolean isSilent;
        private int asked;

        @Override
        public Message send(Message query) throws IOException {
            asked++;
            if (isSilent) {
                throw new IOException("timed out");
            }
            var answer = new Message(query.getHeader().getID());
            if (!address.isEmpty()) {
                var name = Name.fromString(HOST, Name.root);
                var record = new ARecord(name, DClass.IN, ttl, InetAddress.getByName(address));
                answer.addRecord(record, Section.ANSWER);
            }
            return answer;
        }

        @Override
        public CompletionStage<Message> sendAsync(Message query, Executor executor) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }

        @Override
        public void setPort(int port) {}

        @Override
        public void setTCP(boolean isTcp) {}

        @Override
        public void setIgnoreTruncation(boolean isIgnored) {}

        @Override
        public void setEDNS(int version, int size, int flags, List<EDNSOption> all) {}

        @Override
        public void setTSIGKey(TSIG key) {}

        @Override
        public void setTimeout(Duration timeout) {}
    }

    private String found() throws UnknownHostException {
        return names.resolve(HOST).getFirst().getHostAddress();
    }

    @Test
    void isFollowedWithinFiveSeconds() throws UnknownHostException {
        assertThat(found()).isEqualTo("10.91.1.1");
        server.address = "10.91.1.2";
        watch.pause(LabNames.KEPT_MAX.minusMillis(1));
        assertThat(found()).isEqualTo("10.91.1.1");
        watch.pause(Duration.ofMillis(1));
        assertThat(found()).isEqualTo("10.91.1.2");
        assertThat(server.asked).isEqualTo(2);
    }

    @Test
    void isFollowedSoonerIfItSaysSo() throws UnknownHostException {
        server.ttl = 1;
        assertThat(found()).isEqualTo("10.91.1.1");
        server.address = "10.91.1.2";
        watch.pause(Duration.ofSeconds(1));
        assertThat(found()).isEqualTo("10.91.1.2");
    }

    @Test
    void staysWhereItWasWhileTheServerIsSilent() throws UnknownHostException {
        found();
        server.isSilent = true;
        watch.pause(LabNames.KEPT_MAX);
        assertThat(found()).isEqualTo("10.91.1.1");
    }

    @Test
    void isUnknownWithoutAnAddress() {
        server.address = "";
        assertThatThrownBy(this::found).isInstanceOf(UnknownHostException.class);
        server.isSilent = true;
        assertThatThrownBy(this::found).isInstanceOf(UnknownHostException.class);
    }
}
