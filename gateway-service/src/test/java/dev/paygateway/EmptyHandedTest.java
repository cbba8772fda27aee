package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.NoWords;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.ScriptedAcquirer;
import dev.paygateway.region.Region;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Locks;
import dev.paygateway.resource.Taken;
import java.time.Duration;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Goal: no acquirer is asked while its caller holds a lock or a connection.
 *
 * <p>Method: the gateway as the service joins it; the acquirer counts its effects.
 */
class EmptyHandedTest {
    private static final Payment.CardSummary CARD =
            new Payment.CardSummary("visa", "424242", "4242", 12, 2030);

    private final ScriptedAcquirer acquirer = new ScriptedAcquirer();
    private final Gateway gateway = gateway(acquirer);

    private static Gateway gateway(ScriptedAcquirer acquirer) {
        var assembly = new Assembly();
        var region = new Region("east", 'e', "gateway-1");
        var ids = assembly.ids(region);
        return assembly.gateway(
                new MemoryStore(new NoWords()), acquirer, assembly.time(), ids, region);
    }

    @Test
    void refusesBeforeAnythingIsSent() throws Taken {
        var work = ((Gateway.Reply.Begun) gateway.begin(pay())).work();
        Acquirer.Instrument card = () -> CARD;
        try (var _ = new Locks(Holdings.ofProcess()).hold("merchant-7", Duration.ZERO)) {
            assertThatThrownBy(() -> gateway.authorize(work, card))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("while this thread holds lock merchant-7");
        }
        assertThat(acquirer.effects()).isZero();
        gateway.authorize(work, card);
        assertThat(acquirer.effects()).isEqualTo(1);
    }

    private static Command.Pay pay() {
        var merchant = new Merchant("m_1", Merchant.Mode.TEST);
        return new Command.Pay(
                new Claim(merchant, "key", Map.of("amount", "d1")),
                "req",
                "order-7",
                true,
                Payment.CaptureMode.MANUAL,
                Money.ofMinor(CurrencyUnit.EUR, 1_099),
                CARD,
                Map.of(),
                Payment.OnUnknown.WAIT,
                Duration.ofMinutes(15));
    }
}
