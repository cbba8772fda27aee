package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The name that leads to a healthy region: gdnsd beside the witness asks each instance's {@code
 * /health/region} and answers with a region in which at least one says yes. A region that wants a
 * share of its traffic gets all of it, half or a tenth: the steps of a fail back, for which the
 * other region wants no less.
 */
public final class Dns {
    /** The gateway's name for its clients. */
    static final String NAME = "api.lab";

    static final String PART = "dns";
    static final int PORT = 53;

    /**
     * How a region is answered with, in the order in which gdnsd tries: as long as it wants all of
     * its traffic, half, any; the last is for the other region's clients, while theirs is away.
     */
    private static final List<String> WAYS = List.of("whole", "half", "tenth", "other");

    /** Whether a region serves, and how much it wants. */
    private static final String CHECKS =
            """
            service_types => {
              region => {
                plugin => extmon, cmd => [ "/bin/sh", "{folder}/check.sh", "%%ITEM%%" ],
                up_thresh => 3, ok_thresh => 2, down_thresh => 2, interval => 2, timeout => 1
              }
              whole => {
                plugin => extmon, cmd => [ "/bin/sh", "{folder}/wants.sh", "%%ITEM%%", "100" ],
                up_thresh => 1, ok_thresh => 1, down_thresh => 1, interval => 2, timeout => 1
              }
              half => {
                plugin => extmon, cmd => [ "/bin/sh", "{folder}/wants.sh", "%%ITEM%%", "50" ],
                up_thresh => 1, ok_thresh => 1, down_thresh => 1, interval => 2, timeout => 1
              }
            }
            """;

    private final Site site;

    Dns(Site site) {
        this.site = site;
    }

    Part part(VaultClient vault) {
        var folder = Folders.make(site.folder(PART));
        Folders.make(folder.resolve("run"));
        Folders.make(folder.resolve("state"));
        var secrets = site.secrets(PART);
        vault.issue("machinery", "lab", Map.of()).save(secrets);
        Folders.write(folder.resolve("check.sh"), check(folder, secrets));
        Folders.write(folder.resolve("wants.sh"), wants(folder));
        Folders.write(folder.resolve("config"), config(folder));
        Folders.write(
                folder.resolve("zones/lab"),
                """
                @ SOA ns.lab. hostmaster.lab. 1 7200 1800 259200 5
                @ NS ns.lab.
                ns A %s
                api 5 DYNA geoip!api
                """
                        .formatted(site.ports().address()));
        var command = List.of(Tools.program("gdnsd").toString(), "-c", folder.toString(), "start");
        return site.part(PART, Role.DNS, PORT, command)
                .readyWhen(URI.create("tcp://" + site.ports().authority(PORT)), List.of());
    }

    /** All at once: the whole must be over within the second that gdnsd gives it. */
    private String check(Path folder, Path secrets) {
        var ports =
                IntStream.rangeClosed(1, Instances.COUNT)
                        .mapToObj(instance -> "" + site.ports().management(instance))
                        .collect(Collectors.joining(" "));
        return """
        #!/bin/sh
        # Whether an instance of the region at address $1 says that it should get traffic, and
        # whether its edge, if it has one, serves: through it alone traffic would come.
        %5$s
        edge=$!
        asked=""
        for port in %1$s; do
            curl --silent --fail --output %6$s/said-$1-$port --max-time 0.9 --cacert %2$s \\
                --cert %3$s --key %4$s "https://$1:$port/health/region" &
            asked="$asked $!:$port"
        done
        for one in $asked; do
            if wait "${one%%%%:*}"; then
                sed -n 's/.*"weight":\\([0-9]*\\).*/\\1/p' "%6$s/said-$1-${one#*:}" >%6$s/new-$1
                mv %6$s/new-$1 %6$s/wants-$1
                wait "$edge"
                exit
            fi
        done
        exit 1
        """
                .formatted(
                        ports,
                        site.ca(),
                        TlsIdentity.certificateIn(secrets),
                        TlsIdentity.keyIn(secrets),
                        edge(secrets),
                        folder.resolve("run"));
    }

    private static String wants(Path folder) {
        return """
        #!/bin/sh
        # Whether the region at address $1 last said that it wants $2 % of its traffic at least.
        read -r wants <{run}/wants-$1 # no line ends there, which it calls a failure
        [ "${wants:-0}" -ge "$2" ]
        """
                .replace("{run}", folder.resolve("run").toString());
    }

    /** The names under which gdnsd's administrator knows the answers that lead to a region. */
    public static List<String> answers(String region) {
        return WAYS.stream().map(way -> "geoip/api/%s-%s".formatted(region, way)).toList();
    }

    private String edge(Path secrets) {
        return Edges.belongTo(site)
                ? """
                curl --silent --fail --output /dev/null --max-time 0.9 --cacert %s \\
                    --cert %s --key %s "https://$1:%d/edge/health" &\
                """
                        .formatted(
                                site.ca(),
                                TlsIdentity.certificateIn(secrets),
                                TlsIdentity.keyIn(secrets),
                                site.ports().edge())
                : "true &";
    }

    private String config(Path folder) {
        var east = site.regions().getFirst().ports().address();
        var north = site.regions().getLast().ports().address();
        return """
        options => {
          listen => [ {own} ], dns_port => {port}, zones_default_ttl => 5,
          run_dir => {folder}/run, state_dir => {folder}/state, udp_threads => 1, tcp_threads => 1
        }
        {checks}
        plugins => {
          extmon => { helper_path => /usr/libexec/gdnsd/gdnsd_extmon_helper },
          geoip => {
            maps => { near => {
              datacenters => [ {east-ways}, north-other, {north-ways}, east-other ],
              nets => { {north}/32 => [ {north-ways}, east-other ] }
            } },
            resources => { api => {
              map => near, service_types => region,
              dcmap => {
        {east-answers}
        {north-answers}
              }
            } }
          }
        }
        """
                .replace("{checks}", CHECKS)
                .replace("{own}", site.ports().address())
                .replace("{port}", "" + PORT)
                .replace("{folder}", folder.toString())
                .replace("{east-ways}", ways("east"))
                .replace("{north-ways}", ways("north"))
                .replace("{east-answers}", answers("east", east, north))
                .replace("{north-answers}", answers("north", north, east))
                .replace("{north}", north);
    }

    private static String ways(String region) {
        return WAYS.stream()
                .filter(way -> !way.equals("other"))
                .map(way -> region + "-" + way)
                .collect(Collectors.joining(", "));
    }

    /** A share is no answer once either of its regions is down. */
    private static String answers(String region, String near, String far) {
        return """
                {region}-whole => { service_types => [ region, whole ], one => {near} },
                {region}-half => {
                  plugin => weighted, service_types => [ region, half ], up_thresh => 0.51,
                  near => [ {near}, 50 ], far => [ {far}, 50 ]
                },
                {region}-tenth => {
                  plugin => weighted, up_thresh => 0.91, near => [ {near}, 10 ], far => [ {far}, 90 ]
                },
                {region}-other => {near},
        """
                .replace("{region}", region)
                .replace("{near}", near)
                .replace("{far}", far);
    }
}
