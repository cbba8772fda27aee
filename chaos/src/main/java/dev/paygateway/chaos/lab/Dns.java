package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The name that leads to a healthy region: gdnsd beside the witness asks each instance's {@code
 * /health/region} and answers with a region in which at least one says yes.
 */
final class Dns {
    /** The gateway's name for its clients. */
    static final String NAME = "api.lab";

    static final String PART = "dns";
    static final int PORT = 53;

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
        Folders.write(folder.resolve("check.sh"), check(secrets));
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
    private String check(Path secrets) {
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
            curl --silent --fail --output /dev/null --max-time 0.9 --cacert %2$s \\
                --cert %3$s --key %4$s "https://$1:$port/health/region" &
            asked="$asked $!"
        done
        for one in $asked; do
            wait "$one" && { wait "$edge"; exit; }
        done
        exit 1
        """
                .formatted(
                        ports,
                        site.ca(),
                        TlsIdentity.certificateIn(secrets),
                        TlsIdentity.keyIn(secrets),
                        edge(secrets));
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
        var regions = site.regions();
        return """
        options => {
          listen => [ %1$s ], dns_port => %2$d, zones_default_ttl => 5,
          run_dir => %3$s/run, state_dir => %3$s/state, udp_threads => 1, tcp_threads => 1
        }
        service_types => {
          region => {
            plugin => extmon, cmd => [ "/bin/sh", "%3$s/check.sh", "%%%%ITEM%%%%" ],
            up_thresh => 3, ok_thresh => 2, down_thresh => 2, interval => 2, timeout => 1
          }
        }
        plugins => {
          extmon => { helper_path => /usr/libexec/gdnsd/gdnsd_extmon_helper },
          geoip => {
            maps => { near => {
              datacenters => [ east, north ],
              nets => { %5$s/32 => [ north, east ] }
            } },
            resources => { api => {
              map => near, service_types => region,
              dcmap => { east => %4$s, north => %5$s }
            } }
          }
        }
        """
                .formatted(
                        site.ports().address(),
                        PORT,
                        folder,
                        regions.getFirst().ports().address(),
                        regions.getLast().ports().address());
    }
}
