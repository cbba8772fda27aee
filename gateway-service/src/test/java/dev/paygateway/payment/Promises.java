package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What merchants were told, held against what each region knows in the end. */
final class Promises {
    private final Galera galera;
    private final Map<String, Set<Answer>> answers = new LinkedHashMap<>();
    private final Map<PaymentId, Long> acknowledged = new LinkedHashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    Promises(Galera galera) {
        this.galera = galera;
    }

    MemoryStore truth() {
        return galera.truth();
    }

    void count(String what) {
        galera.count(what);
    }

    boolean isAnswered(String key) {
        return answers.containsKey(key);
    }

    void answered(String key, Answer answer) {
        answers.computeIfAbsent(key, _ -> new HashSet<>()).add(answer);
    }

    /** The key was used before: its answer is told again, or that it is under way. */
    void replayed(Store.KeyHolder holder) {
        holder.answer().ifPresent(answer -> answered(holder.claim().key(), answer));
        acknowledged.merge(holder.payment(), 1L, Math::max);
    }

    void acknowledged(Payment payment) {
        acknowledged.merge(payment.id(), payment.version(), Math::max);
    }

    /** A read that began after the merchant was told. */
    void seen(Payment told, Optional<Payment> seen) {
        if (seen.isEmpty() || seen.get().version() < told.version()) {
            broken.add("told " + told + ", then read " + seen);
        }
    }

    /** Told that no money moved and none will; its client believes that, and never comes again. */
    void denied(String key) {
        denied.add(key);
    }

    boolean isOver(String key) {
        return isAnswered(key) || denied.contains(key);
    }

    List<String> broken(List<ModelAcquirer> acquirers) {
        acknowledged.forEach(this::isKept);
        for (var region : List.of(Member.EAST, Member.NORTH)) {
            regionAgrees(region);
        }
        oneChargeAnOrder(acquirers);
        acquirers.forEach(this::nothingDenied);
        return broken;
    }

    private void isKept(PaymentId id, long version) {
        var kept = galera.truth().payment(id);
        if (kept.isEmpty() || kept.get().version() < version) {
            broken.add("acknowledged, lost: " + id + " " + version + " " + kept);
        }
    }

    private void regionAgrees(Member region) {
        var copy = galera.copy(region);
        if (!copy.all().equals(galera.truth().all())) {
            broken.add(region + " has other payments");
        }
        if (!copy.allOperations().equals(galera.truth().allOperations())) {
            broken.add(region + " has other operations");
        }
        answers.forEach((key, told) -> {
            var kept = copy.holder(Regions.MERCHANT, key).flatMap(Store.KeyHolder::answer);
            if (!kept.map(Set::of).equals(Optional.of(told))) {
                broken.add(region + " keeps " + kept + " for " + key + ", told was " + told);
            }
        });
    }

    private void nothingDenied(ModelAcquirer acquirer) {
        acquirer.books().values().stream()
                .filter(ModelAcquirer.Entry::isEffective)
                .flatMap(entry -> entry.key().stream())
                .filter(denied::contains)
                .forEach(key -> broken.add("denied, yet done: " + key));
    }

    private void oneChargeAnOrder(List<ModelAcquirer> acquirers) {
        var charged = new HashSet<String>();
        for (var acquirer : acquirers) {
            for (var entry : acquirer.books().values()) {
                var order = galera.truth().payment(entry.payment()).map(p -> p.terms().reference());
                if (entry.isCharge() && order.isPresent() && !charged.add(order.get())) {
                    broken.add("charged twice: " + order.get());
                }
            }
        }
    }
}
