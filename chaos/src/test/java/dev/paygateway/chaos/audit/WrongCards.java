package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine.Request;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.Optional;

/** Mistakes about the card that was charged. */
final class WrongCards {
    private WrongCards() {}

    static void cardInRow(World world) {
        world.change(
                Row.Payment.class,
                row -> row.payment().equals("pay_sale"),
                row -> Copy.with(row, "card", "0002"));
    }

    static void cardInBook(World world) {
        world.book.replaceAll(line ->
                line instanceof Request asked && asked.reference().equals("op_sale_0")
                        ? Copy.with(asked, "card", Optional.of("0002"))
                        : line);
    }
}
