package io.melin.gateway;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The fuzzer's door to {@link SessionTargets}; docs/fuzzing.md says how to run it. */
class SessionFuzz {
    private static final String DURATION = "20s";

    @FuzzTest(maxDuration = DURATION)
    void session(byte[] bytes) {
        SessionTargets.session(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void login(byte[] bytes) {
        SessionTargets.login(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void defaultProtocol(byte[] bytes) {
        SessionTargets.defaultProtocol(bytes);
    }
}
