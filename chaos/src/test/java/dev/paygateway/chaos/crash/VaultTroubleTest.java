package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.lab.VaultClient;
import dev.paygateway.chaos.load.Mix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever becomes of Vault, of a lease or of a login, payments go on.
 *
 * <p>Method: two instances under load on database users that last for a minute; one trouble after
 * the other, each ended before the next begins. What the client saw is counted, and audited.
 */
@Tag("system-long")
final class VaultTroubleTest {
    private static final int RATE_PER_SECOND = 10;
    private static final long SEED = Long.getLong("crash.seed", 20_261_127);

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration LIFE_MAX = Duration.ofSeconds(60);

    /** Longer than a lease lives, which dies with the token that made it. */
    private static final Duration TOKEN_PERIOD = Duration.ofSeconds(75);

    /** How long Vault is gone: twice as long as any of its leases. */
    private static final Duration OUTAGE = LIFE_MAX.multipliedBy(2);

    private static final Duration SEALED = LIFE_MAX.plusSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LOAD_MAX = Duration.ofMinutes(30);
    private static final Duration SETTLE = Duration.ofSeconds(90);
    private static final Duration SWAP_MAX = Duration.ofSeconds(30);
    private static final long INSTANCES = World.INSTANCES.size();

    private final List<String> told = new ArrayList<>();

    @Test
    void fails0PaymentsWhateverBecomesOfVault() throws Exception {
        try (var world = World.plain("vault-test")) {
            shortenTokens(world);
            var credentials = ShortCredentials.in(world, LIFE, LIFE_MAX);
            world.warm();
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD_MAX, SETTLE);
            pass(QUIET);
            isStopped(world, credentials);
            isSealed(world, credentials);
            losesTheLeases(world, credentials);
            losesTheLogins(credentials);
            losesTheTokens(world, credentials);
            hasItsAgentsRestarted(world, credentials);
            var outcome = Report.judge(world, load, SETTLE, told);
            assertThat(outcome.load().failed()).as(outcome.whole()).isZero();
        }
    }

    /** Takes effect with the next login of each agent. */
    private static void shortenTokens(World world) {
        var path = "auth/approle/role/gateway";
        var period = Map.of("token_period", TOKEN_PERIOD.toSeconds() + "s");
        world.lab().vault(vault -> vault.write(path, period));
        restartAgents(world);
    }

    private static void restartAgents(World world) {
        for (var agent : List.of("agent-1", "agent-2")) {
            world.lab().stop(agent, Signal.KILL);
            world.lab().start(agent);
        }
    }

    private void isStopped(World world, ShortCredentials credentials) {
        var before = credentials.exchanges();
        world.lab().stop("vault", Signal.KILL);
        pass(OUTAGE);
        var during = credentials.exchanges() - before;
        world.lab().start("vault");
        var after = swaps(credentials, before + during);
        pass(QUIET);
        tell("Vault away for " + OUTAGE.toSeconds() + " s", before, credentials);
        assertThat(during).as("exchanges without Vault").isZero();
        assertThat(after).as("each instance has exchanged").isTrue();
        assertThat(credentials.exchanges() - before).as("at most one each").isEqualTo(INSTANCES);
    }

    private void isSealed(World world, ShortCredentials credentials) {
        var before = credentials.exchanges();
        world.lab().vault(vault -> vault.write("sys/seal", Map.of()));
        pass(SEALED);
        world.lab().unseal();
        assertThat(swaps(credentials, before)).as("exchanged after the seal").isTrue();
        pass(QUIET);
        tell("Vault sealed for " + SEALED.toSeconds() + " s", before, credentials);
    }

    private void losesTheLeases(World world, ShortCredentials credentials) {
        var before = credentials.exchanges();
        world.lab().vault(VaultTroubleTest::revokeLeases);
        assertThat(swaps(credentials, before)).as("exchanged after a revocation").isTrue();
        tell("leases revoked by hand", before, credentials);
    }

    private static Object revokeLeases(VaultClient vault) {
        return vault.write("sys/leases/revoke-prefix/database/creds/gateway-app", Map.of());
    }

    private void losesTheLogins(ShortCredentials credentials) {
        var before = credentials.exchanges();
        credentials.dropUsersByHand();
        assertThat(swaps(credentials, before)).as("exchanged after a drop").isTrue();
        tell("users dropped and their sessions killed", before, credentials);
    }

    /** An agent notices when it renews its token; until then the open sessions carry on. */
    private void losesTheTokens(World world, ShortCredentials credentials) {
        var before = credentials.exchanges();
        world.lab().vault(VaultTroubleTest::revokeAgentsTokens);
        var swapped =
                World.await(TOKEN_PERIOD.plus(SWAP_MAX), () -> hasSwapped(credentials, before));
        assertThat(swapped).as("exchanged after the tokens' end").isTrue();
        tell("the agents' tokens revoked", before, credentials);
    }

    private static List<String> revokeAgentsTokens(VaultClient vault) {
        var ended = new ArrayList<String>();
        for (var each : vault.read("auth/token/accessors?list=true").path("data").path("keys")) {
            var accessor = Map.of("accessor", each.asString());
            var found = vault.write("auth/token/lookup-accessor", accessor).path("data");
            if (found.path("path").asString().equals("auth/approle/login")) {
                vault.write("auth/token/revoke-accessor", accessor);
                ended.add(each.asString());
            }
        }
        assertThat(ended)
                .as("tokens of agents")
                .hasSizeGreaterThanOrEqualTo(World.INSTANCES.size());
        return ended;
    }

    /** The token that made the lease is renewed by nobody now, and ends; the lease must not. */
    private void hasItsAgentsRestarted(World world, ShortCredentials credentials) {
        var before = credentials.exchanges("lease", "denied");
        var all = credentials.exchanges();
        restartAgents(world);
        pass(TOKEN_PERIOD.plus(QUIET));
        tell("agents restarted, their old tokens ended", all, credentials);
        assertThat(credentials.exchanges("lease", "denied")).isEqualTo(before);
    }

    private static boolean swaps(ShortCredentials credentials, long before) {
        return World.await(SWAP_MAX, () -> hasSwapped(credentials, before));
    }

    private static boolean hasSwapped(ShortCredentials credentials, long before) {
        return credentials.exchanges() >= before + INSTANCES;
    }

    private void tell(String trouble, long before, ShortCredentials credentials) {
        var line = "%-45s %d exchanges".formatted(trouble, credentials.exchanges() - before);
        told.add(line);
        System.out.println(line);
    }

    /** Lets the load go on for so long. */
    private static void pass(Duration time) {
        World.await(time, () -> false);
    }
}
