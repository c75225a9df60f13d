package io.melin.local;

import io.melin.app.Codec;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.pipeline.OutputKind;
import io.melin.stage.Stage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decodes outcomes and completes futures, on a thread of its own: whatever callers hang on a future
 * cannot hold up a stage.
 */
final class Completions<E, R> implements Stage {
    private static final int BATCH_MAX = 256;

    private final LocalDoor<E, R> door;
    private final Codec<R> reports;

    Completions(LocalDoor<E, R> door, Codec<R> reports) {
        this.door = door;
        this.reports = reports.fresh();
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public int doWork() {
        int work = 0;
        Call<E, R> call = door.nextFinished();
        while (call != null) {
            complete(call);
            work++;
            call = work < BATCH_MAX ? door.nextFinished() : null;
        }
        return work;
    }

    /** Whatever a close of the door has finished is completed before the thread ends. */
    @Override
    public void onClose() {
        while (doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /** The permit is free before the future completes, so that a callback may submit again. */
    private void complete(Call<E, R> call) {
        CompletableFuture<@Nullable Object> future = call.future;
        Object value = null;
        Throwable failure = null;
        try {
            value = value(call);
        } catch (Throwable e) {
            // Of this call alone: the thread goes on, since all others are answered by it too (D2).
            failure = e;
        }
        if (!door.isClosed()) {
            door.giveBack(call);
        }
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }

    private @Nullable Object value(Call<E, R> call) {
        Outcome outcome = call.outcome;
        Throwable failure = outcome.failure();
        if (failure instanceof RuntimeException refusal) {
            throw refusal;
        }
        boolean duplicate = OutputKind.isDuplicate(outcome.flags());
        switch (outcome.kind()) {
            case OutputKind.REPORT, OutputKind.EMPTY -> {
                return new MelinResult<>(
                        outcome.sequence(), outcome.timeNs(), decode(outcome.reports()), duplicate);
            }
            case OutputKind.REJECTED -> {
                String reason = reason(outcome.reports());
                throw new EventRejectedException(reason, outcome.sequence(), duplicate);
            }
            case OutputKind.ID_CONFLICT ->
                    throw door.refused(Refusal.ID_CONFLICT, "the id was used with another payload");
            case OutputKind.UNKNOWN_OUTCOME ->
                    throw new MelinUnknownOutcomeException(
                            call.id, "the first outcome is no longer held", null);
            case OutputKind.ANSWER -> {
                if (outcome.answer() instanceof Call.Thrown thrown) {
                    throw thrown.cause();
                }
                return outcome.answer();
            }
            default -> throw new AssertionError("unknown output kind: kind=" + outcome.kind());
        }
    }

    private List<R> decode(ByteBuffer bytes) {
        List<R> decoded = new ArrayList<>();
        while (bytes.hasRemaining()) {
            decoded.add(reports.decode(next(bytes), reports.version()));
        }
        return decoded;
    }

    private static String reason(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(next(bytes)).toString();
    }

    private static ByteBuffer next(ByteBuffer bytes) {
        int length = bytes.getInt();
        ByteBuffer one = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return one;
    }
}
