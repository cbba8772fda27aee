package dev.paygateway.chaos.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where an outside client finds what: the part of {@code run/env} that is no secret of anybody. */
final class Addresses {
    private final Site site;
    private final String auditorPassword;

    Addresses(State state, String auditorPassword) {
        site = state.site();
        this.auditorPassword = auditorPassword;
    }

    Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        var regions = site.regions();
        all.put("GATEWAY_URL", gateway(site));
        all.put("GATEWAY_URLS", gateways(regions));
        all.put("MANAGEMENT_URLS", each(regions, Addresses::management));
        all.put("GATEWAY_CA", site.run().resolve("ca.pem").toString());
        all.put("DATABASE_URL", database(site));
        all.put("DATABASE_AUDITOR", DatabaseSetup.AUDITOR + ":" + auditorPassword);
        all.put("ACQUIRER_BOOKS", new Acquirers(site.outside()).allBooks());
        all.put("VAULT_ADDR", new VaultServer(site).address());
        all.put("GATEWAY_URL_EAST", gateway(site));
        if (site.wan().isPresent()) {
            regions.forEach(region -> all.putAll(of(region)));
            all.put("GATEWAY_NAME", Dns.NAME);
            all.put("DNS_ADDRESS", dns());
        }
        return all;
    }

    private static Map<String, String> of(Site region) {
        var suffix = "_" + region.region().toUpperCase(Locale.ROOT);
        var own = List.of(region);
        var all = new LinkedHashMap<String, String>();
        all.put("GATEWAY_URL" + suffix, gateway(region));
        all.put("GATEWAY_URLS" + suffix, gateways(own));
        all.put("MANAGEMENT_URLS" + suffix, each(own, Addresses::management));
        all.put("DATABASE_URL" + suffix, database(region));
        all.put("VAULT_ADDR" + suffix, new VaultServer(region).address());
        return all;
    }

    /** The region's edge, or its first instance where there is none. */
    private static String gateway(Site region) {
        return Edges.belongTo(region) ? new Edge(region).url() : gateway(region, 1);
    }

    /** Every door: instances behind an edge open to nobody else. */
    private static String gateways(List<Site> regions) {
        return Edges.belongTo(regions.getFirst())
                ? regions.stream().map(Addresses::gateway).collect(Collectors.joining(","))
                : each(regions, Addresses::gateway);
    }

    private static String gateway(Site region, int instance) {
        return region.ports().url(region.ports().gateway(instance));
    }

    private static String management(Site region, int instance) {
        return region.ports().url(region.ports().management(instance));
    }

    private static String database(Site region) {
        return "jdbc:mariadb://%s/gateway?sslMode=verify-full&serverSslCert=%s"
                .formatted(
                        region.ports().authority(region.ports().database()),
                        region.run().resolve("ca.pem"));
    }

    private String dns() {
        var witness =
                Site.all(site.options(), site.memory()).stream()
                        .filter(place -> place.region().equals(Wan.WITNESS))
                        .findFirst()
                        .orElseThrow();
        return witness.ports().authority(Dns.PORT);
    }

    private static String each(List<Site> regions, BiFunction<Site, Integer, String> url) {
        return regions.stream()
                .flatMap(region ->
                        IntStream.rangeClosed(1, Instances.COUNT)
                                .mapToObj(instance -> url.apply(region, instance)))
                .collect(Collectors.joining(","));
    }
}
