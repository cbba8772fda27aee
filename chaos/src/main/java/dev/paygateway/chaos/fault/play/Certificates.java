package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Certificate;
import dev.paygateway.chaos.fault.manifest.Experiment.CertificateAction;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts another certificate where a server's own stands, and has the server take it up; its own is
 * kept beside, in memory as all keys are.
 */
final class Certificates {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern VERDICT =
            Pattern.compile("Verify return code: (\\d+) \\(([^)]*)\\)");

    /** Of the lab's PKI role; what a certificate lives at least. */
    private static final String MOMENT = "2s";

    private final Context context;
    private final Part part;
    private final String id;

    private Certificates(Context context, Part part) {
        this.context = context;
        this.part = part;
        id = Objects.requireNonNull(context.folder().getFileName()).toString();
    }

    static Plan plan(Certificate wanted, Context context) {
        var parts = context.living(wanted.selector());
        var all = parts.stream().map(part -> new Certificates(context, part)).toList();
        all.forEach(each -> each.files());
        var undo = new ArrayList<String>();
        all.forEach(each -> undo.addAll(each.undo()));
        return new Plan(
                Context.names(parts),
                undo,
                () -> all.forEach(each -> each.inject(wanted.action())),
                all.stream().map(Certificates::handshake).toList());
    }

    /** Where certificate and key stand: in one file, or in two. */
    private List<Path> files() {
        var folder = context.stage().secrets(part.name());
        return switch (part.role()) {
            case GATEWAY, DATABASE -> List.of(folder.resolve("server.pem"));
            case VAULT -> List.of(folder.resolve("cert.pem"), folder.resolve("key.pem"));
            default ->
                    throw context.refuse(
                            "spec.selector",
                            part.name(),
                            "only gateway, database and vault take up another certificate");
        };
    }

    private String takeUp() {
        return switch (part.role()) {
            case DATABASE -> context.stage().sqlAgain(part.region(), "FLUSH SSL");
            case VAULT -> {
                var process = Processes.process(part);
                yield Shell.whileAlive(process, "kill -HUP " + process.pid());
            }
            default -> "true"; // it watches its file
        };
    }

    private List<String> undo() {
        var undo = new ArrayList<String>();
        undo.add(takeUp());
        for (var file : files()) {
            undo.add(
                    "[ ! -e %1$s ] || { cp -p %1$s %2$s.new && mv %2$s.new %2$s && rm %1$s; }"
                            .formatted(word(kept(file)), word(file)));
        }
        return undo;
    }

    private Path kept(Path file) {
        return file.resolveSibling(file.getFileName() + "." + id);
    }

    private static String word(Path file) {
        return Shell.word(file.toString());
    }

    private void inject(CertificateAction action) {
        var pem =
                switch (action) {
                    case EXPIRED -> momentary();
                    case WRONG_CA -> stranger();
                };
        var files = files();
        for (var file : files) {
            Shell.must("cp -p %s %s".formatted(word(file), word(kept(file))));
        }
        if (files.size() == 1) {
            replace(files.getFirst(), pem.certificate() + pem.key());
        } else {
            replace(files.getFirst(), pem.certificate());
            replace(files.getLast(), pem.key());
        }
        var _ = Shell.must(takeUp());
    }

    private record Pem(String certificate, String key) {}

    /** Of the right authority, and over before anybody meets it. */
    private Pem momentary() {
        var body =
                Map.of(
                        "common_name",
                        part.role().toString(),
                        "ip_sans",
                        host(),
                        "alt_names",
                        "localhost",
                        "ttl",
                        MOMENT,
                        "private_key_format",
                        "pkcs8");
        var data = JSON.readTree(context.stage().vault(part.region(), issuer(), body)).path("data");
        var certificate = data.path("certificate").asString() + "\n";
        var ca = data.path("issuing_ca").asString() + "\n";
        return new Pem(certificate + ca, data.path("private_key").asString() + "\n");
    }

    private String issuer() {
        return "pki/issue/" + (part.role() == Role.DATABASE ? "database" : "server");
    }

    /** Of an authority that nobody trusts: its own. */
    private Pem stranger() {
        var key = part(".key");
        var certificate = part(".cert");
        Shell.must(
                ("umask 077; openssl req -x509 -newkey ec -nodes -days 1"
                                + " -pkeyopt ec_paramgen_curve:prime256v1 -subj /CN=%s"
                                + " -addext subjectAltName=IP:%s,DNS:localhost -keyout %s -out %s"
                                + " 2>/dev/null")
                        .formatted(part.role(), host(), word(key), word(certificate)));
        var pem = new Pem(read(certificate), read(key));
        Shell.must("rm " + word(key) + " " + word(certificate));
        return pem;
    }

    private Path part(String ending) {
        return context.stage().secrets(part.name()).resolve(id + ending);
    }

    private String host() {
        return part.address().substring(0, part.address().lastIndexOf(':'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read " + file, refused);
        }
    }

    /** In one step: whoever watches the file never sees half of it. */
    private void replace(Path file, String pem) {
        var fresh = file.resolveSibling(id + ".new");
        Shell.must("umask 077; : >" + word(fresh));
        try {
            Files.writeString(fresh, pem);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + fresh, refused);
        }
        Shell.must("mv " + word(fresh) + " " + word(file));
    }

    private Proof handshake() {
        return Proof.of(
                "a client's verdict on the certificate of " + part.name(),
                this::verdict,
                (before, during) -> before.figure() == 0 && during.figure() > 0);
    }

    private Reading verdict() {
        var lab = context.stage().secrets("lab");
        var hello = part.role() == Role.DATABASE ? " -starttls mysql" : "";
        var answer =
                Shell.run(
                        "bash",
                        "-c",
                        "openssl s_client -connect %s%s -CAfile %s -cert %s -key %s </dev/null"
                                .formatted(
                                        part.address(),
                                        hello,
                                        word(context.stage().run().resolve("ca.pem")),
                                        word(lab.resolve("cert.pem")),
                                        word(lab.resolve("key.pem"))));
        var found = VERDICT.matcher(answer.output());
        return found.find()
                ? new Reading(found.group(2), Integer.parseInt(found.group(1)))
                : new Reading("no handshake", -1);
    }
}
