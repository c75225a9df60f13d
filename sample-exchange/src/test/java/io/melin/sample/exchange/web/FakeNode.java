package io.melin.sample.exchange.web;

import io.melin.app.Application;
import io.melin.app.Consistency;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.Query;
import io.melin.app.QueryContext;
import io.melin.app.Refusal;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node without a journal: the real exchange and codecs, ids remembered for ever. */
final class FakeNode implements MelinOperations<ExchangeEvent, ExchangeReport> {
    private final ExchangeApplication exchange = new ExchangeApplication();
    private final ExchangeEventCodec events = new ExchangeEventCodec();
    private final ExchangeReportCodec reports = new ExchangeReportCodec();
    private final Map<EventId, Outcome> outcomes = new HashMap<>();
    private @Nullable Exception failure;
    private @Nullable Consistency lastConsistency;
    private long sequence;

    private record Place(long sequence, long timeNs, long client) implements EventContext {}

    private record Outcome(ByteBuffer event, MelinResult<ExchangeReport> result) {}

    /** Every call fails like this from now on, or works again. */
    synchronized void failWith(@Nullable Exception failure) {
        this.failure = failure;
    }

    synchronized @Nullable Consistency lastConsistency() {
        return lastConsistency;
    }

    synchronized long sequence() {
        return sequence;
    }

    @Override
    public CompletableFuture<MelinResult<ExchangeReport>> submit(ExchangeEvent event) {
        return submit(event, EventId.none());
    }

    @Override
    public synchronized CompletableFuture<MelinResult<ExchangeReport>> submit(
            ExchangeEvent event, EventId id) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        ByteBuffer bytes = ByteBuffer.allocate(events.size(event));
        events.encode(event, bytes);
        bytes.flip();
        if (!events.isValid(bytes.duplicate())) {
            return refused(Refusal.MALFORMED);
        }
        Outcome first = id == EventId.none() ? null : outcomes.get(id);
        if (first != null && !first.event().equals(bytes)) {
            return refused(Refusal.ID_CONFLICT);
        }
        if (first != null) {
            MelinResult<ExchangeReport> result = first.result();
            return CompletableFuture.completedFuture(
                    new MelinResult<>(result.sequence(), result.timeNs(), result.reports(), true));
        }
        MelinResult<ExchangeReport> result = apply(bytes.duplicate());
        outcomes.put(id, new Outcome(bytes, result));
        return CompletableFuture.completedFuture(result);
    }

    private MelinResult<ExchangeReport> apply(ByteBuffer bytes) {
        List<ExchangeReport> collected = new ArrayList<>();
        sequence++;
        EventContext context = new Place(sequence, sequence, 0);
        exchange.apply(events.decode(bytes, 1), context, report -> collected.add(copy(report)));
        return new MelinResult<>(sequence, sequence, collected, false);
    }

    private ExchangeReport copy(ExchangeReport report) {
        ByteBuffer out = ByteBuffer.allocate(reports.size(report));
        reports.encode(report, out);
        return reports.decode(out.flip(), 1);
    }

    private static CompletableFuture<MelinResult<ExchangeReport>> refused(Refusal refusal) {
        return CompletableFuture.failedFuture(new MelinRefusedException(refusal, "by the fake"));
    }

    @Override
    public MelinResult<ExchangeReport> submitAndWait(
            ExchangeEvent event, EventId id, Duration timeout) {
        return submit(event, id).join();
    }

    @Override
    public synchronized <A extends Application<ExchangeEvent, ExchangeReport>, T>
            CompletableFuture<T> query(Class<A> type, Query<A, T> query, Consistency consistency) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        lastConsistency = consistency;
        QueryContext live =
                new QueryContext() {
                    @Override
                    public long appliedSequence() {
                        return sequence;
                    }

                    @Override
                    public long durableSequence() {
                        return sequence;
                    }

                    @Override
                    public long timeNs() {
                        return sequence;
                    }
                };
        return CompletableFuture.completedFuture(query.ask(type.cast(exchange), live));
    }
}
