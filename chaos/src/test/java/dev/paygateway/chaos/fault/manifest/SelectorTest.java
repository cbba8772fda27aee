package dev.paygateway.chaos.fault.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.fault.manifest.Selector.Expression;
import dev.paygateway.chaos.fault.manifest.Selector.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Goal: who is hit is who the manifest means, drawn by the seed where not all are. */
class SelectorTest {
    private static final String NAMESPACE = "payment-gateway";
    private static final Map<String, String> GATEWAY_EAST = Map.of("role", "gateway", "at", "east");
    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    @Test
    void meansThoseWithEveryLabel() {
        assertThat(labels(Map.of("role", "gateway")).matches(NAMESPACE, GATEWAY_EAST)).isTrue();
        assertThat(
                        labels(Map.of("role", "gateway", "at", "north"))
                                .matches(NAMESPACE, GATEWAY_EAST))
                .isFalse();
        assertThat(labels(Map.of("other", "gateway")).matches(NAMESPACE, GATEWAY_EAST)).isFalse();
    }

    @Test
    void meansThoseInOneOfItsNamespaces() {
        assertThat(labels(Map.of()).matches(NAMESPACE, GATEWAY_EAST)).isTrue();
        assertThat(labels(Map.of()).matches("database", GATEWAY_EAST)).isFalse();
    }

    @Test
    void meansThoseOfWhomEveryExpressionHolds() {
        assertThat(expression("at", "In", "east", "west").matches(NAMESPACE, GATEWAY_EAST))
                .isTrue();
        assertThat(expression("at", "In", "north").matches(NAMESPACE, GATEWAY_EAST)).isFalse();
        assertThat(expression("at", "NotIn", "north").matches(NAMESPACE, GATEWAY_EAST)).isTrue();
        assertThat(expression("at", "NotIn", "east").matches(NAMESPACE, GATEWAY_EAST)).isFalse();
        assertThat(expression("at", "Exists").matches(NAMESPACE, GATEWAY_EAST)).isTrue();
        assertThat(expression("at", "DoesNotExist").matches(NAMESPACE, GATEWAY_EAST)).isFalse();
    }

    @Test
    void takesAsManyAsTheModeWants() {
        assertThat(mode(Mode.ONE, 0).choose(TEN, 1)).hasSize(1);
        assertThat(mode(Mode.ALL, 0).choose(TEN, 1)).isEqualTo(TEN);
        assertThat(mode(Mode.FIXED, 3).choose(TEN, 1)).hasSize(3).isSorted();
        assertThat(mode(Mode.FIXED, 30).choose(TEN, 1)).hasSize(10);
        assertThat(mode(Mode.FIXED_PERCENT, 50).choose(TEN, 1)).hasSize(5);
        assertThat(LongStream.range(0, 50))
                .allMatch(seed -> mode(Mode.RANDOM_MAX_PERCENT, 40).choose(TEN, seed).size() <= 4);
    }

    @Test
    void drawsTheSameBySeedAndOthersByOthers() {
        var one = mode(Mode.ONE, 0);
        assertThat(one.choose(TEN, 7)).isEqualTo(one.choose(TEN, 7));
        assertThat(LongStream.range(0, 50).mapToObj(seed -> one.choose(TEN, seed)).distinct())
                .hasSizeGreaterThan(5);
    }

    private static Selector labels(Map<String, String> labels) {
        return new Selector(Set.of(NAMESPACE), labels, List.of(), Mode.ALL, Optional.empty());
    }

    private static Selector expression(String key, String operator, String... values) {
        var expression = new Expression(key, operator, List.of(values));
        return new Selector(
                Set.of(NAMESPACE), Map.of(), List.of(expression), Mode.ALL, Optional.empty());
    }

    private static Selector mode(Mode mode, int value) {
        return new Selector(Set.of(NAMESPACE), Map.of(), List.of(), mode, Optional.of(value));
    }
}
