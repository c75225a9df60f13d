package io.melin.wire;

import io.melin.testing.Corpus;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every decoder of the package with what the fuzzer once found interesting. */
class WireCorpusTest {
    private static final Corpus CORPUS = new Corpus("io.melin.wire.WireFuzz", WireTargets.ALL);

    @TestFactory
    Stream<DynamicTest> givesAVerdictOrTheSameBytesForEachInput() {
        return CORPUS.replay();
    }

    @TestFactory
    Stream<DynamicTest> givesAVerdictOrTheSameBytesForInputsChangedAtRandom() {
        return Seeds.each(getClass(), CORPUS::mutate);
    }

    @Test
    void hasInputsForEachTargetOfTheFuzzer() throws IOException {
        CORPUS.checkComplete();
    }
}
