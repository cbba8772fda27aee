package dev.paygateway.chaos.lab;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a leg of the network does to what passes.
 *
 * @param delay of each packet, each way
 * @param jitter by how much that varies, up and down
 * @param lossPercentOut of what leaves the place
 * @param lossPercentIn of what is on its way to it
 * @param bandwidthBitsPerSecond each way; empty: as fast as the machine can
 */
public record Shape(
        Duration delay,
        Duration jitter,
        double lossPercentOut,
        double lossPercentIn,
        OptionalLong bandwidthBitsPerSecond) {
    private static final double ALL = 100;

    /** Two legs are 15 ms one way and 30 ms the round trip: regions some 1,500 km apart. */
    public static final Shape NORMAL =
            new Shape(Duration.ofNanos(7_500_000), Duration.ZERO, 0, 0, OptionalLong.empty());

    public Shape {
        if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
            throw LabFailure.usage("a delay of " + delay + " cannot vary by " + jitter);
        }
        requirePercent(lossPercentOut);
        requirePercent(lossPercentIn);
        if (bandwidthBitsPerSecond.isPresent() && bandwidthBitsPerSecond.getAsLong() < Byte.SIZE) {
            throw LabFailure.usage("a bandwidth below a byte a second lets nothing pass");
        }
    }

    private static void requirePercent(double loss) {
        if (!(loss >= 0 && loss <= ALL)) {
            throw LabFailure.usage("a loss of " + loss + " % cannot be; give 0 to 100");
        }
    }

    public Shape withDelay(Duration otherDelay, Duration otherJitter) {
        return new Shape(
                otherDelay, otherJitter, lossPercentOut, lossPercentIn, bandwidthBitsPerSecond);
    }

    public Shape withLoss(double percentOut, double percentIn) {
        return new Shape(delay, jitter, percentOut, percentIn, bandwidthBitsPerSecond);
    }

    public Shape withBandwidth(OptionalLong bitsPerSecond) {
        return new Shape(delay, jitter, lossPercentOut, lossPercentIn, bitsPerSecond);
    }
}
