package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.secrecy.Canary;
import dev.paygateway.chaos.audit.secrecy.Page;
import dev.paygateway.chaos.audit.secrecy.Stores;
import dev.paygateway.chaos.load.SandboxCard;
import dev.paygateway.client.PemTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a sandbox keeps secret, and everything that it writes beside that. */
record Canaries(Sandbox sandbox) {
    /** Where secrets stand by purpose, and only their owner reads: the contract's, the clients'. */
    private static final Set<Path> LEFT =
            Stream.concat(
                            Stream.of(Path.of("run", "env"), Path.of("tools")),
                            Stream.of("merchant", "merchant2", "operator")
                                    .flatMap(who -> Stream.of(who + ".token", who + "-key.pem"))
                                    .map(file -> Path.of("run", file)))
                    .collect(Collectors.toUnmodifiableSet());

    private static final List<String> TOKENS =
            List.of("MERCHANT_TOKEN", "MERCHANT2_TOKEN", "OPERATOR_TOKEN");

    private static final List<String> KEYS =
            List.of("MERCHANT_KEY", "MERCHANT2_KEY", "OPERATOR_KEY");

    /**
     * All of it.
     *
     * @param more texts by their names
     */
    Stores stores(Map<String, String> more) {
        var canaries = new ArrayList<Canary>();
        for (var card : SandboxCard.values()) {
            var sent = card.card();
            canaries.addAll(Canary.ofCard(sent.number(), sent.cvc().orElseThrow()));
        }
        canaries.add(new Canary("auditor's password", sandbox.database().password()));
        TOKENS.forEach(name ->
                sandbox.maybe(name).map(token -> new Canary(name, token)).ifPresent(canaries::add));
        KEYS.forEach(name ->
                sandbox.maybe(name)
                        .map(file -> new Canary(name, keyIn(Path.of(file))))
                        .ifPresent(canaries::add));
        more.forEach((name, text) -> canaries.add(new Canary(name, text)));
        return new Stores(folders(), LEFT, pages(), canaries);
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        folders.add(sandbox.stateFolder());
        sandbox.books().stream()
                .filter(book -> !absolute(book).startsWith(absolute(sandbox.stateFolder())))
                .forEach(folders::add);
        return folders;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private List<Page> pages() {
        var asked = sandbox.value("MANAGEMENT_URLS");
        var certificate = Path.of(sandbox.value("OPERATOR_CERT"));
        var key = Path.of(sandbox.value("OPERATOR_KEY"));
        var authority = Path.of(sandbox.value("GATEWAY_CA"));
        try {
            var tls = PemTls.context(authority, certificate, key);
            return Arrays.stream(asked.split(",", -1))
                    .map(address -> new Page(URI.create(address + "/actuator/prometheus"), tls))
                    .toList();
        } catch (IOException unreadable) {
            throw new BrokenEvidence("OPERATOR_CERT or OPERATOR_KEY: " + unreadable);
        }
    }

    /** A line out of the key's middle: no other key has it. */
    private static String keyIn(Path file) {
        try (var lines = Files.lines(file)) {
            var body = lines.filter(line -> !line.isBlank() && !line.startsWith("-----")).toList();
            return body.get(body.size() / 2);
        } catch (IOException unreadable) {
            throw new BrokenEvidence(file + " cannot be read: " + unreadable);
        }
    }
}
