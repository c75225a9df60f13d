package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Refusal;
import io.melin.client.Answers.Verdict;
import io.melin.wire.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of {@link Answers}, all of it; M1. */
class AnswersTest {

    /** M1. */
    @Test
    void aRequestIsRefusedOnlyIfNoAttemptCanHaveBeenApplied() {
        for (Code code : Code.values()) {
            for (boolean retries : new boolean[] {false, true}) {
                Verdict open = Answers.verdict(error(code), true, retries);
                assertThat(open == Verdict.REFUSED)
                        .as(code.name())
                        .isEqualTo(code == Code.ID_CONFLICT);
                assertThat(Answers.verdict(error(code), false, retries))
                        .as(code.name())
                        .isEqualTo(expected(code, retries));
                assertThat(open).as(code.name()).isEqualTo(expectedOpen(code));
            }
        }
    }

    private static Verdict expected(Code code, boolean retries) {
        return switch (code) {
            case OVERLOADED, NOT_PRIMARY, POLICY_UNMET, FENCED, DRAINING, NO_SPACE ->
                    retries ? Verdict.AGAIN : Verdict.REFUSED;
            case TOO_LARGE, MALFORMED, ID_CONFLICT -> Verdict.REFUSED;
            case REJECTED -> Verdict.REJECTED;
            case UNKNOWN_OUTCOME -> Verdict.UNKNOWN;
            case FORBIDDEN, UNKNOWN_TAG, QUERY_FAILED -> Verdict.FAILED;
            case PROTOCOL, IDLE, SUPERSEDED, CONNECTIONS -> Verdict.FAILED; // end the connection
        };
    }

    private static Verdict expectedOpen(Code code) {
        return switch (code) {
            case OVERLOADED, NOT_PRIMARY, POLICY_UNMET, FENCED, DRAINING, NO_SPACE -> Verdict.AGAIN;
            case ID_CONFLICT -> Verdict.REFUSED;
            case REJECTED -> Verdict.REJECTED;
            case QUERY_FAILED -> Verdict.FAILED;
            case UNKNOWN_OUTCOME, FORBIDDEN, UNKNOWN_TAG, TOO_LARGE, MALFORMED -> Verdict.UNKNOWN;
            case PROTOCOL, IDLE, SUPERSEDED, CONNECTIONS -> Verdict.UNKNOWN;
        };
    }

    @Test
    void onlyAnEndIsAResult() {
        Terminator end = new Terminator(1, null, 0, 1, 1, false, "");
        assertThat(Answers.verdict(end, true, true)).isEqualTo(Verdict.RESULT);
        assertThat(Answers.verdict(end, false, false)).isEqualTo(Verdict.RESULT);
        assertThat(Answers.verdict(unknown(), false, true)).isEqualTo(Verdict.FAILED);
        assertThat(Answers.verdict(unknown(), true, true)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void onlyAnAddressIsNamedAsThePrimary() {
        assertThat(Answers.refused(Refusal.NOT_PRIMARY, "a:1").primary()).isEqualTo("a:1");
        assertThat(Answers.refused(Refusal.NOT_PRIMARY, "who knows").primary()).isNull();
        assertThat(Answers.refused(Refusal.FENCED, "a:1").primary()).isNull();
    }

    private static Terminator error(Code code) {
        return terminator(code, code.number());
    }

    private static Terminator unknown() {
        return terminator(null, 30);
    }

    private static Terminator terminator(@Nullable Code code, int number) {
        return new Terminator(1, code, number, 0, 0, false, "");
    }
}
