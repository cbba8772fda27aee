package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.lab.TlsIdentity;

/** Clients who are nobody's merchants. */
final class Strangers {
    private final Bench bench;
    private final Caller caller;

    Strangers(Bench bench) {
        this.bench = bench;
        var environment = RunEnvironment.read(bench.ground().state());
        caller = new Caller(environment.require("GATEWAY_ADDRESS"));
    }

    String areRefused() {
        var plain = caller.inClear();
        var anonymous = caller.as(TlsIdentity.anonymous(Folders.read(bench.vault().ca())));
        if (isServed(plain) || isServed(anonymous)) {
            throw LabFailure.failed(
                    "served: in clear \"%s\", without certificate \"%s\""
                            .formatted(plain, anonymous));
        }
        return "in clear: %s; without certificate: %s".formatted(plain, anonymous);
    }

    private static boolean isServed(String answer) {
        return answer.matches("HTTP/1\\.1 (2|3|401|403|404).*");
    }
}
