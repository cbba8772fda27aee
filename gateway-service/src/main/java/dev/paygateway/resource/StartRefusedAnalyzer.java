package dev.paygateway.resource;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Prints a refused start as problem and remedy, without a stack. */
final class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefused> implements Ordered {
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // before the analyzer of whatever wraps it
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
