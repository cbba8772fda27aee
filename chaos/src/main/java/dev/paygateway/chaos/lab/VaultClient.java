package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vault's HTTP API, as one token's holder sees it.
 *
 * <p>Failures name the path and what Vault said of it, never what was sent.
 */
public final class VaultClient {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int NOT_FOUND = 404;

    private final Https https;
    private final String address;
    private final String token;

    /**
     * @param address without {@code /v1}
     * @param token empty for calls that need none, and for an agent that adds its own
     */
    public VaultClient(Https https, String address, String token) {
        this.https = https;
        this.address = address;
        this.token = token;
    }

    /** The same Vault for another token's holder. */
    public VaultClient as(String otherToken) {
        return new VaultClient(https, address, otherToken);
    }

    /** GET; the whole answer. */
    public JsonNode read(String path) {
        return call(path, request(path).GET());
    }

    /** GET of what may not be there. */
    Optional<JsonNode> find(String path) {
        var answer = answer(path, request(path).GET());
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(body(path, answer));
    }

    /** POST; the whole answer, missing node when Vault had nothing to say. */
    public JsonNode write(String path, Map<String, ?> body) {
        JsonNode tree = JSON.valueToTree(body);
        return write(path, tree);
    }

    /** DELETE; the whole answer. */
    JsonNode delete(String path) {
        return call(path, request(path).DELETE());
    }

    /** POST; the whole answer, missing node when Vault had nothing to say. */
    public JsonNode write(String path, JsonNode body) {
        return call(path, request(path).POST(BodyPublishers.ofString(body.toString())));
    }

    /** A certificate with its key from a PKI role. */
    public TlsIdentity issue(String role, String commonName, Map<String, String> more) {
        return issued("pki/issue/" + role, commonName, more);
    }

    /** One of the authority that the database's members alone trust, and all of that authority. */
    public TlsIdentity issueMember(String role, String life) {
        var own = issued("members/issue/" + role, role, Map.of("ttl", life));
        var chain = read("members/cert/ca_chain").path("data").path("ca_chain").asString();
        return new TlsIdentity(chain, own.certificate() + own.ca(), own.key());
    }

    /** Has the members' mount sign by an intermediate of its own below {@code root}. */
    public void signMembers(Authority root, String commonName) {
        var own = root.intermediate(commonName);
        var bundle = own.key() + own.certificate() + own.ca();
        write("members/config/ca", Map.of("pem_bundle", bundle));
    }

    private TlsIdentity issued(String path, String commonName, Map<String, String> more) {
        var body = JSON.createObjectNode();
        body.put("common_name", commonName).put("ttl", "24h").put("private_key_format", "pkcs8");
        more.forEach(body::put);
        var data = write(path, body).path("data");
        return new TlsIdentity(
                data.path("issuing_ca").asString() + "\n",
                data.path("certificate").asString() + "\n",
                data.path("private_key").asString() + "\n");
    }

    /** A certificate for a server at that address. */
    public TlsIdentity issueServer(String commonName, String address, Duration life) {
        var more =
                Map.of("ip_sans", address, "alt_names", "localhost", "ttl", life.toSeconds() + "s");
        return issue("server", commonName, more);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path));
        return token.isEmpty() ? request : request.header("X-Vault-Token", token);
    }

    private JsonNode call(String path, HttpRequest.Builder request) {
        return body(path, answer(path, request));
    }

    private static JsonNode body(String path, Https.Answer answer) {
        var body = answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
        if (!answer.fine()) {
            throw LabFailure.failed(
                    "Vault refused %s with %d: %s"
                            .formatted(path, answer.status(), body.path("errors")));
        }
        return body;
    }

    private Https.Answer answer(String path, HttpRequest.Builder request) {
        try {
            return https.send(request);
        } catch (IOException silence) {
            throw LabFailure.failed(
                    "Vault at " + address + " did not answer " + path + ": " + silence, silence);
        }
    }
}
