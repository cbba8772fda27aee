package dev.paygateway.chaos.lab;

/** Knows by what each part shows that it serves. */
final class Readiness {
    private final State state;
    private final Https https;

    Readiness(State state, Https https) {
        this.state = state;
        this.https = https;
    }

    Supervisor.Ready of(Part part) {
        return switch (part.ready().getScheme()) {
            case "unix" -> new Database(state.site(part.region()))::serves;
            case "tcp" -> new TcpPort(part.ready().getHost(), part.ready().getPort())::accepts;
            case "https" -> () -> https.probe(part.ready()).filter(Https.Answer::fine).isPresent();
            case "file" -> () -> true; // what it produces says all
            default -> throw new IllegalArgumentException("no such sign: " + part.ready());
        };
    }
}
