package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * Goal: what the autoscaler wants is read together with the measure that made it want that.
 *
 * <p>Method: an object as the API server answers it, and one that has measured nothing yet.
 */
class AutoscalerTest {
    @Test
    void tellsTheMeasureAndWhatItWants() {
        var object =
                """
                {"kind": "HorizontalPodAutoscaler",
                 "status": {
                   "currentMetrics": [{
                     "type": "ContainerResource",
                     "containerResource": {
                       "name": "cpu", "container": "gateway",
                       "current": {"averageUtilization": 131, "averageValue": "131m"}}}],
                   "currentReplicas": 4,
                   "desiredReplicas": 6}}
                """;
        var scaler = Autoscaler.of(object);
        assertThat(scaler).isEqualTo(new Autoscaler(OptionalInt.of(131), 6, false));
        assertThat(scaler.isAbove(45)).isTrue();
        assertThat(scaler.isAbove(131)).isFalse();
    }

    @Test
    void tellsThatItWaits() {
        var object =
                """
                {"status": {
                   "conditions": [{"type": "AbleToScale", "status": "True",
                                   "reason": "ScaleDownStabilized"}],
                   "desiredReplicas": 6}}
                """;
        assertThat(Autoscaler.of(object)).isEqualTo(new Autoscaler(OptionalInt.empty(), 6, true));
    }

    @Test
    void isAboveNothingBeforeItHasMeasured() {
        var scaler = Autoscaler.of("{\"status\": {\"desiredReplicas\": 4}}");
        assertThat(scaler).isEqualTo(new Autoscaler(OptionalInt.empty(), 4, false));
        assertThat(scaler.isAbove(0)).isFalse();
    }
}
