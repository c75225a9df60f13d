package io.melin.client;

import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.Refusal;
import io.melin.wire.Code;
import org.jspecify.annotations.Nullable;

/**
 * What a terminator means for its call.
 *
 * <pre>
 * answer                           nothing open   an earlier attempt is open
 * END                              result         result
 * ERROR REJECTED                   rejected       rejected
 * ERROR UNKNOWN_OUTCOME            unknown        unknown
 * refusal for now                  refused (*)    again, unknown at the deadline
 * ERROR ID_CONFLICT                refused        refused
 * other refusal for good           refused        unknown
 * ERROR QUERY_FAILED               failed         failed
 * ERROR of any other code          failed         unknown
 * (*) again, if the client retries refusals; refused at the deadline
 * </pre>
 *
 * <p>M1: a call is refused only if no attempt of it can have been applied: an attempt is open when
 * its connection was lost before the answer, or when it was made by someone else under the same
 * number. Another node may have other limits and codecs, so its refusal says nothing of the first
 * attempt; a conflict does, since the number belongs to another payload.
 */
final class Answers {
    /** What to do with the call. */
    enum Verdict {
        RESULT,
        REJECTED,
        UNKNOWN,
        AGAIN,
        REFUSED,
        FAILED
    }

    private Answers() {}

    static Verdict verdict(Terminator end, boolean mayBeApplied, boolean retriesRefusals) {
        if (end.isEnd()) {
            return Verdict.RESULT;
        }
        Code code = end.code();
        if (code == Code.REJECTED) {
            return Verdict.REJECTED;
        }
        if (code == Code.UNKNOWN_OUTCOME) {
            return Verdict.UNKNOWN;
        }
        Refusal refusal = code == null ? null : code.refusal();
        if (refusal != null && refusal.isRetryable()) {
            return mayBeApplied || retriesRefusals ? Verdict.AGAIN : Verdict.REFUSED;
        }
        boolean isOfThisAttemptAlone = code != Code.ID_CONFLICT && code != Code.QUERY_FAILED;
        if (mayBeApplied && isOfThisAttemptAlone) {
            return Verdict.UNKNOWN;
        }
        return refusal != null ? Verdict.REFUSED : Verdict.FAILED;
    }

    /** Whether the node sends its clients away. */
    static boolean isMove(@Nullable Code code) {
        return code == Code.NOT_PRIMARY || code == Code.FENCED;
    }

    static MelinRefusedException refused(Refusal refusal, String text) {
        ServerAddress primary = refusal == Refusal.NOT_PRIMARY ? ServerAddress.read(text) : null;
        return new MelinRefusedException(
                refusal,
                text.isEmpty() ? "the server takes nothing now" : text,
                primary == null ? null : primary.toString());
    }

    /** The refusal that a terminator stands for; only of one with a refusal's code. */
    static Refusal refusal(Terminator end) {
        Code code = end.code();
        Refusal refusal = code == null ? null : code.refusal();
        if (refusal == null) {
            throw new AssertionError("no refusal: " + end);
        }
        return refusal;
    }

    static EventRejectedException rejected(Terminator end) {
        return new EventRejectedException(end.text(), end.sequence(), end.isDuplicate());
    }

    static MelinClientException overLimit(Terminator end, int bytesMax) {
        return new MelinClientException(
                Code.PROTOCOL,
                "answered with more than is kept: sequence="
                        + end.sequence()
                        + ", answerBytesMax="
                        + bytesMax,
                null);
    }

    static MelinClientException failed(Terminator end) {
        return new MelinClientException(
                end.code(), end.code() == null ? end.toString() : end.text(), null);
    }
}
