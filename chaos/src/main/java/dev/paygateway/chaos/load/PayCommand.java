package dev.paygateway.chaos.load;

import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.client.CallOptions;
import dev.paygateway.client.EventPage;
import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.Payments;
import dev.paygateway.client.ReadResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./gateway pay}: one payment through the merchants' client, drawn step by step. */
@Command(
        name = "pay",
        description = "Makes one payment and draws it. Exit 0: paid; 1: not paid, or not known.",
        mixinStandardHelpOptions = true)
public final class PayCommand implements Callable<Integer> {
    private static final int CONNECTIONS_MAX = 2;

    @Parameters(index = "0", paramLabel = "AMOUNT", description = "E.g. 12.34")
    private String amount;

    @Parameters(index = "1", paramLabel = "CURRENCY", description = "E.g. CNY")
    private String currency;

    @Option(
            names = "--card",
            paramLabel = "CARD",
            defaultValue = "4242",
            description = "A sandbox card, or its last four digits (default: ${DEFAULT-VALUE}).")
    private String card;

    @Option(names = "--manual", description = "Only hold the amount; a capture comes later.")
    private boolean manual;

    @Option(names = "--key", paramLabel = "KEY", description = "Repeats an earlier payment.")
    private Optional<String> key;

    @Option(names = "--reference", paramLabel = "REF", description = "Your name for the payment.")
    private Optional<String> reference;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = ".gateway",
            description = "The lab's state folder (default: ${DEFAULT-VALUE}).")
    private Path state;

    @Spec private CommandSpec spec;

    /** What the words on the command line mean. */
    private record Asked(PaymentRequest request, SandboxCard card, IdempotencyKey key) {}

    @Override
    public Integer call() {
        var asked = asked();
        var drawing = new Drawing(spec.commandLine().getOut());
        try (var site = Site.of(RunEnvironment.read(state), CONNECTIONS_MAX)) {
            drawing.begin(asked.request(), asked.card(), asked.key().value());
            var client = site.merchants().getFirst().client();
            var result =
                    client.payments(CallOptions.standard().heardBy(drawing))
                            .pay(asked.request(), asked.key());
            result.payment().ifPresent(payment -> timeline(client.payments(), payment, drawing));
            drawing.end(result);
            return result instanceof PaymentResult.Approved ? 0 : 1;
        }
    }

    private static void timeline(Payments payments, Payment payment, Drawing drawing) {
        if (payments.events(payment.id()) instanceof ReadResult.Found<EventPage>(var page)) {
            drawing.timeline(page);
        }
    }

    private Asked asked() {
        try {
            var name = key.map(IdempotencyKey::of).orElseGet(IdempotencyKey::random);
            var sandboxCard = SandboxCard.named(card);
            var request =
                    PaymentRequest.of(
                            Price.read(amount, currency),
                            reference.orElse("pay-" + name.value()),
                            sandboxCard.card());
            return new Asked(manual ? request.capturedLater() : request, sandboxCard, name);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
