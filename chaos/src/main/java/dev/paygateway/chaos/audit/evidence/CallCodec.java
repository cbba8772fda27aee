package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Asked;
import dev.paygateway.chaos.audit.evidence.Call.Shown;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** Calls in a spool. */
final class CallCodec {
    private static final Call.Operation[] OPERATIONS = Call.Operation.values();
    private static final Call.Outcome[] OUTCOMES = Call.Outcome.values();
    private static final PaymentStatus[] STATUSES = PaymentStatus.values();

    private CallCodec() {}

    static void write(Call call, DataOutput out) throws IOException {
        Packed.text(out, call.run());
        out.writeLong(call.number());
        out.writeLong(call.process());
        Packed.word(out, OPERATIONS, call.operation());
        Packed.text(out, call.merchant());
        Packed.text(out, call.key());
        asked(call.asked(), out);
        moment(call.invoked(), out);
        out.writeBoolean(call.answer().isPresent());
        if (call.answer().isPresent()) {
            answer(call.answer().get(), out);
        }
    }

    static Call read(Packed in) throws IOException {
        return new Call(
                in.text(),
                in.number(),
                in.number(),
                in.word(OPERATIONS),
                in.text(),
                in.maybeText(),
                asked(in),
                moment(in),
                in.flag() ? Optional.of(answer(in)) : Optional.empty());
    }

    private static void asked(Asked asked, DataOutput out) throws IOException {
        Packed.text(out, asked.payment());
        Packed.text(out, asked.reference());
        Packed.number(out, asked.amount());
        Packed.text(out, asked.currency());
        Packed.text(out, asked.card());
        Packed.text(out, asked.capture());
        Packed.text(out, asked.body());
        Packed.text(out, asked.target());
    }

    private static Asked asked(Packed in) throws IOException {
        return new Asked(
                in.maybeText(),
                in.maybeText(),
                in.maybeNumber(),
                in.maybeText(),
                in.maybeText(),
                in.maybeText(),
                in.maybeText(),
                in.maybeText());
    }

    private static void moment(Moment moment, DataOutput out) throws IOException {
        Packed.time(out, moment.wall());
        out.writeLong(moment.monotonic());
    }

    private static Moment moment(Packed in) throws IOException {
        return new Moment(in.time(), in.number());
    }

    private static void answer(Answer answer, DataOutput out) throws IOException {
        Packed.word(out, OUTCOMES, answer.outcome());
        moment(answer.at(), out);
        Packed.text(out, answer.payment());
        Packed.text(out, answer.resource());
        Packed.text(out, answer.resourceStatus());
        Packed.number(out, answer.http());
        Packed.word(out, STATUSES, answer.paymentStatus());
        shown(answer.shown(), out);
        Packed.text(out, answer.moneyMoved());
        Packed.text(out, answer.code());
        Packed.number(out, answer.version());
        Packed.text(out, answer.body());
        out.writeBoolean(answer.replayed());
        Packed.text(out, answer.error());
        Packed.text(out, answer.region());
    }

    private static void shown(Optional<Shown> shown, DataOutput out) throws IOException {
        out.writeBoolean(shown.isPresent());
        if (shown.isPresent()) {
            out.writeLong(shown.get().authorized());
            out.writeLong(shown.get().captured());
            out.writeLong(shown.get().refunded());
        }
    }

    private static Optional<Shown> shown(Packed in) throws IOException {
        return in.flag()
                ? Optional.of(new Shown(in.number(), in.number(), in.number()))
                : Optional.empty();
    }

    private static Answer answer(Packed in) throws IOException {
        return new Answer(
                in.word(OUTCOMES),
                moment(in),
                in.maybeText(),
                in.maybeText(),
                in.maybeText(),
                in.maybeNumber(),
                in.maybeWord(STATUSES),
                shown(in),
                in.maybeText(),
                in.maybeText(),
                in.maybeNumber(),
                in.maybeText(),
                in.flag(),
                in.maybeText(),
                in.maybeText());
    }
}
