package io.melin.gateway;

import io.melin.testing.Corpus;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The session and the default protocol with what the fuzzer once found interesting. */
class SessionCorpusTest {
    private static final Corpus CORPUS =
            new Corpus("io.melin.gateway.SessionFuzz", SessionTargets.ALL);

    @TestFactory
    Stream<DynamicTest> answersEachInputAsTheProtocolSays() {
        return CORPUS.replay();
    }

    @TestFactory
    Stream<DynamicTest> answersInputsChangedAtRandomAsTheProtocolSays() {
        return Seeds.each(getClass(), CORPUS::mutate);
    }

    @Test
    void hasInputsForEachTargetOfTheFuzzer() throws IOException {
        CORPUS.checkComplete();
    }
}
