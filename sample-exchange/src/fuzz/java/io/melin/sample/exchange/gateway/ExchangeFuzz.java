package io.melin.sample.exchange.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The fuzzer's door to {@link ExchangeTargets}; docs/fuzzing.md says how to run it. */
class ExchangeFuzz {
    private static final String DURATION = "20s";

    @FuzzTest(maxDuration = DURATION)
    void request(byte[] bytes) {
        ExchangeTargets.request(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void event(byte[] bytes) {
        ExchangeTargets.event(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void report(byte[] bytes) {
        ExchangeTargets.report(bytes);
    }
}
