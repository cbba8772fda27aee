package dev.paygateway.chaos.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.LabOptions;
import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.LoadOptions;
import dev.paygateway.chaos.load.LoadRun;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Site;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: a slow acquirer, a payment whose outcome stays unknown, and a database that is gone each
 * get somebody out of bed; and a healthy region does not.
 *
 * <p>Method: real instances under load, scraped by a real Prometheus with the shipped rules, whose
 * real Alertmanager pages a stand-in PagerDuty by the shipped routes. Prints how long each took.
 */
class PagingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target", "paging-test").toAbsolutePath();
    private static final int PORT_OFFSET = 2_300;
    private static final double RATE_PER_SECOND = 8;
    private static final long SEED = Long.getLong("paging.seed", 20_261_126);
    private static final int CLIENTS_MAX = 64;
    private static final Duration PAGED_MAX = Duration.ofMinutes(4);
    private static final Duration WARM = Duration.ofSeconds(40);

    /** Longer than any page that a slow start could cause needs to go out. */
    private static final Duration HEALTHY = Duration.ofSeconds(80);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** A metric that a rule asks for: ours, HTTP's, or the scrape's own. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(gateway_[a-z_]+|http_server_[a-z_]+|up)\\{job=");

    @Tag("deploy")
    @Tag("system-long")
    @Test
    void pagesForASlowAcquirerAnUnknownOutcomeAndAMissingDatabase() throws Exception {
        Tree.remove(FOLDER);
        var options = LabOptions.of(ROOT).withStateFolder(FOLDER).withPortOffset(PORT_OFFSET);
        var ended = new AtomicBoolean();
        try (var pager = new StandInPager();
                var lab = Lab.up(options)) {
            // New instances are slow, and would page: the watch begins when they are warm.
            load(lab, "warm", WARM, new AtomicBoolean());
            try (var watch = watch(lab, pager)) {
                var load =
                        CompletableFuture.runAsync(
                                () -> load(lab, "paging", Duration.ofHours(1), ended));
                pages(lab, pager, watch).forEach(System.out::println);
                ended.set(true);
                lab.start("database");
                load.join();
            } finally {
                ended.set(true);
            }
            assertThat(pager.events())
                    .allMatch(event ->
                            event.path("routing_key").asString().equals(Watch.ROUTING_KEY));
        }
    }

    /** Breaks one thing after the other, and says what each page said. */
    private static List<String> pages(Lab lab, StandInPager pager, Watch watch) throws Exception {
        assertThat(
                        Await.holds(
                                HEALTHY,
                                LOOK_EVERY,
                                () -> !watch.alive() || !pager.events().isEmpty()))
                .as("a healthy region pages nobody: %s", pager.events())
                .isFalse();
        exportsWhatTheRulesAskFor(watch);

        var told = new ArrayList<String>();
        // The other one takes what comes: without any, merchants are refused, and that pages too.
        lab.stop("amber", Signal.STOP);
        told.add(paged(pager, "GatewayLatencyP99"));
        told.add(paged(pager, "GatewayPaymentUnknown"));
        lab.stop("amber", Signal.CONT);
        assertThat(pager.pages("GatewayAvailabilityBurn")).isEmpty();
        lab.stop("database", Signal.KILL);
        told.add(paged(pager, "GatewayAvailabilityBurn"));
        return told;
    }

    private static Watch watch(Lab lab, StandInPager pager) throws Exception {
        var tools = new Toolbox(ROOT.resolve(".gateway/tools"));
        try {
            return Watch.over(lab.env(), pager.address(), tools, ROOT, FOLDER.resolve("watch"));
        } catch (Missing missing) {
            return Assumptions.abort(missing.what());
        }
    }

    private static void load(Lab lab, String name, Duration length, AtomicBoolean ended) {
        var options =
                new LoadOptions(
                        RATE_PER_SECOND,
                        length,
                        SEED,
                        Mix.OK,
                        CLIENTS_MAX,
                        Duration.ZERO,
                        FOLDER.resolve(name + ".jsonl"),
                        Map.of());
        try (var site = Site.of(lab.env(), CLIENTS_MAX)) {
            LoadRun.run(options, site, () -> !ended.get());
        } catch (InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
    }

    /** A rule over a metric that nobody exports would stay quiet for ever. */
    private static void exportsWhatTheRulesAskFor(Watch watch) throws Exception {
        var rules = Files.readString(ROOT.resolve("helm/gateway/files/rules.yaml"));
        var asked = METRIC.matcher(rules).results().map(found -> found.group(1)).distinct();
        var unknown = new ArrayList<String>();
        try (var client = HttpClient.newHttpClient()) {
            for (var metric : asked.toList()) {
                var query = watch.prometheus().resolve("/api/v1/query?query=" + metric);
                var answer =
                        client.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString());
                if (answer.body().contains("\"result\":[]")) {
                    unknown.add(metric);
                }
            }
        }
        assertThat(unknown).as("metrics that the rules ask for and the service lacks").isEmpty();
    }

    private static String paged(StandInPager pager, String alert) {
        var since = Instant.now();
        assertThat(Await.holds(PAGED_MAX, LOOK_EVERY, () -> !pager.pages(alert).isEmpty()))
                .as("%s pages; there were %s", alert, pager.events())
                .isTrue();
        var page = pager.pages(alert).getFirst().path("payload");
        assertThat(page.path("component").asString()).isEqualTo("payment-gateway");
        var took = Duration.between(since, Instant.now()).toSeconds();
        return "%s after %d s: %s".formatted(alert, took, page.path("summary").asString());
    }

    @Test
    void knowsEveryMetricOfTheRules() {
        var sample = "rate(http_server_requests_seconds_count{job=\"x\"}[5m]) + gateway_a_b{job=";
        assertThat(METRIC.matcher(sample).results().map(found -> found.group(1)).toList())
                .isEqualTo(List.of("http_server_requests_seconds_count", "gateway_a_b"));
    }
}
