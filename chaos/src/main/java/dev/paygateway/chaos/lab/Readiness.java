package dev.paygateway.chaos.lab;

/** Knows by what each part shows that it serves. */
final class Readiness {
    private final Site site;
    private final Https https;

    Readiness(Site site, Https https) {
        this.site = site;
        this.https = https;
    }

    Supervisor.Ready of(Part part) {
        return switch (part.ready().getScheme()) {
            case "unix" -> new Database(site)::answers;
            case "https" -> () -> https.probe(part.ready()).filter(Https.Answer::fine).isPresent();
            case "file" -> () -> true; // what it produces says all
            default -> throw new IllegalArgumentException("no such sign: " + part.ready());
        };
    }
}
