package io.melin.local;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.Query;
import io.melin.app.QueryContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One permit: a request in flight with its bytes, and later its outcome.
 *
 * <p>Threading: passes from the caller over the inbox to the ingress, with its slot to the
 * application and response threads, and over the completion queue to the completion thread; each
 * hand-over orders the two sides. Only {@link #phase} is ever raced for: between the response and
 * an abort.
 */
final class Call<E, R> {
    static final int FREE = 0;
    static final int QUEUED = 1;
    static final int TAKEN = 2;
    static final int DONE = 3;

    private static final int KEPT_BYTES_MAX = 1 << 20;
    private static final int FIRST_BYTES = 256;

    final int index;
    final Codec<E> events;
    final AtomicInteger phase = new AtomicInteger(FREE);
    final Outcome outcome = new Outcome();

    CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
    EventId id = EventId.none();
    long receivedNs;
    Consistency consistency = Consistency.DURABLE;
    private @Nullable Question question;
    private ByteBuffer payload = ByteBuffer.allocate(FIRST_BYTES);

    Call(int index, Codec<E> events) {
        this.index = index;
        this.events = events;
    }

    /** Caller: prepares an event. The bytes are ready to be read. */
    ByteBuffer encode(E event, int payloadBytes) {
        if (payload.capacity() < payloadBytes) {
            payload = ByteBuffer.allocate(payloadBytes);
        }
        whole(payloadBytes);
        events.encode(event, payload);
        if (payload.position() != payloadBytes) {
            throw new IllegalStateException(
                    "codec wrote less than its size: size="
                            + payloadBytes
                            + ", written="
                            + payload.position());
        }
        question = null;
        return whole(payloadBytes);
    }

    /** The payload as it was encoded, whatever a codec did to the buffer's marks or order since. */
    ByteBuffer whole(int payloadBytes) {
        payload.order(ByteOrder.LITTLE_ENDIAN).clear().limit(payloadBytes);
        return payload;
    }

    /** Caller: prepares a query. */
    void ask(Class<?> type, Query<?, ?> query, Consistency consistency) {
        this.question = new Question(type, query);
        this.consistency = consistency;
        this.id = EventId.none();
    }

    boolean isQuery() {
        return question != null;
    }

    ByteBuffer payload() {
        return payload;
    }

    /** Application thread. */
    void answer(Application<?, ?> application, QueryContext live) {
        Question asked = question;
        if (asked == null) {
            throw new AssertionError("an event was asked like a query: call=" + index);
        }
        outcome.answer(asked.ask(application, live));
    }

    /** Completion thread: forgets the caller's objects before the permit is free again. */
    void recycle() {
        future = new CompletableFuture<>();
        id = EventId.none();
        question = null;
        outcome.clear();
        if (payload.capacity() > KEPT_BYTES_MAX) {
            payload = ByteBuffer.allocate(FIRST_BYTES);
        }
        phase.set(FREE);
    }

    private record Question(Class<?> type, Query<?, ?> query) {

        /** The answer, or the exception that the query threw; an {@link Error} stops the node. */
        @Nullable Object ask(Application<?, ?> application, QueryContext live) {
            if (!type.isInstance(application)) {
                return new Thrown(
                        new IllegalArgumentException(
                                "query wants another application: wanted="
                                        + type.getName()
                                        + ", running="
                                        + application.getClass().getName()));
            }
            try {
                return asked(query, application, live);
            } catch (RuntimeException e) {
                return new Thrown(e);
            }
        }

        @SuppressWarnings("unchecked")
        private static <A> @Nullable Object asked(
                Query<?, ?> query, A application, QueryContext live) {
            return ((Query<A, Object>) query).ask(application, live);
        }
    }

    /** What a query threw. */
    record Thrown(RuntimeException cause) {}
}
