package dev.paygateway.edge;

import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/** Reads {@code {"value":1099,"currency":"EUR","display":"10.99"}}. */
final class MoneyFields {
    /** The largest amount, in minor units. */
    static final long MINOR_MAX = 999_999_999_999L;

    private static final List<String> KNOWN = List.of("value", "currency", "display");

    private MoneyFields() {}

    static Money money(Fields parent, String name) {
        var fields = parent.fields(name, KNOWN);
        var currency = currency(fields);
        var money = Money.ofMinor(currency, fields.integer("value", 1, MINOR_MAX));
        var display = fields.optionalText("display");
        if (display.isPresent() && !display.get().equals(display(money))) {
            throw fields.refusal(
                    "display",
                    Code.AMOUNT_MISMATCH,
                    "It contradicts value: %s has %d decimals. Mend one, or leave display out."
                            .formatted(currency.getCode(), currency.getDecimalPlaces()));
        }
        return money;
    }

    /** The amount in major units with all decimals of its currency. */
    static String display(Money money) {
        return money.getAmount().toPlainString();
    }

    private static CurrencyUnit currency(Fields fields) {
        try {
            var currency = CurrencyUnit.of(fields.text("currency"));
            if (!currency.isPseudoCurrency()) {
                return currency;
            }
        } catch (IllegalCurrencyException _) {
            // answered below
        }
        throw fields.refusal(
                "currency",
                Code.UNSUPPORTED_CURRENCY,
                "It must be an ISO 4217 code in capitals of a currency that has minor units.");
    }
}
