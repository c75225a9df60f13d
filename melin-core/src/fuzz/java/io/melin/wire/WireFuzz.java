package io.melin.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The fuzzer's door to {@link WireTargets}, one method a target; docs/fuzzing.md says how to run it. */
class WireFuzz {
    private static final String DURATION = "20s";

    @FuzzTest(maxDuration = DURATION)
    void challengeFrame(byte[] bytes) {
        WireTargets.challengeFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void challengeResponseFrame(byte[] bytes) {
        WireTargets.challengeResponseFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void readyFrame(byte[] bytes) {
        WireTargets.readyFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void identifyFrame(byte[] bytes) {
        WireTargets.identifyFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void endFrame(byte[] bytes) {
        WireTargets.endFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void errorFrame(byte[] bytes) {
        WireTargets.errorFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void busyFrame(byte[] bytes) {
        WireTargets.busyFrame(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void frameAssembler(byte[] bytes) {
        WireTargets.frameAssembler(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void signature(byte[] bytes) {
        WireTargets.signature(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void signingKey(byte[] bytes) {
        WireTargets.signingKey(bytes);
    }
}
