package io.melin.client;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client over a {@link Transport}: callers encode, the loop thread sends, the callback thread
 * completes.
 *
 * <p>C1: no more than the window is in flight; beyond it a submit fails at once. C2: every future
 * completes exactly once, on close at the latest. C3: a request has one number for life. C4: after
 * close both threads have ended, unless a callback still blocks its own; then the futures behind it
 * are completed by the closer. Threading: any.
 */
public final class QueuedClient<Q, R> implements MelinClient<Q, R> {
    /** How much later than the loop a waiting caller gives up, so that it is told why. */
    private static final long GRACE_NS = 100_000_000;

    private static final long CLOSE_MS = 3_000;
    private static final long NO_NUMBER = 0;
    private static final long WAIT_NS_MAX = Duration.ofDays(365).toNanos();

    private final ClientConfig config;
    private final ClientPorts ports;
    private final ClientShared<R> shared;
    private final CallExchange<R> exchange;
    private final ProtocolPool<Q, R> protocols;
    private final ClientSession<R> session;
    private final Callbacks<Q, R> callbacks;
    private final Thread loopThread;
    private final Thread callbackThread;

    /** Not started: whoever makes it steps the session and drains the callbacks. */
    QueuedClient(
            ClientConfig config,
            ClientPorts ports,
            Transport transport,
            ClientProtocol<Q, R> protocol) {
        this.config = config;
        this.ports = ports;
        this.exchange =
                new CallExchange<>(config.limits().window(), config.identity().client(), transport);
        this.shared =
                new ClientShared<>(exchange, new RequestNumbers(), new StateBoard(ports.time()));
        this.protocols = new ProtocolPool<>(protocol);
        this.callbacks = new Callbacks<>(exchange, protocols);
        this.session = new ClientSession<>(config, ports, transport, shared);
        this.loopThread = ports.threads().create("melin-client", () -> transport.run(session));
        this.callbackThread = ports.threads().create("melin-client-callback", callbacks);
    }

    /** A running client; it begins to connect at once. */
    public static <Q, R> QueuedClient<Q, R> open(
            ClientConfig config,
            ClientPorts ports,
            Transport transport,
            ClientProtocol<Q, R> protocol) {
        QueuedClient<Q, R> client = new QueuedClient<>(config, ports, transport, protocol);
        start(client.loopThread);
        start(client.callbackThread);
        return client;
    }

    ClientSession<R> session() {
        return session;
    }

    Callbacks<Q, R> callbacks() {
        return callbacks;
    }

    /** A client that nobody closed does not keep the process alive. */
    private static void start(Thread thread) {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(Q request) {
        return submitDeferred(request, NO_NUMBER);
    }

    @Override
    public CompletableFuture<MelinResult<R>> submit(Q request, long number) {
        checkNumber(number);
        return submitDeferred(request, number);
    }

    private CompletableFuture<MelinResult<R>> submitDeferred(Q request, long number) {
        Objects.requireNonNull(request, "request");
        long deadlineNs = ports.time().tickerNs() + config.timeouts().request().toNanos();
        RuntimeException refusal = refusal(exchange.room().tryAcquire(), number);
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Call<R> call;
        try {
            call = Call.deferred(encode(request), noted(number), deadlineNs);
        } catch (RuntimeException e) {
            exchange.room().release();
            return CompletableFuture.failedFuture(e);
        }
        if (!exchange.handIn(call)) {
            call.future.completeExceptionally(exchange.closed(call));
        }
        return call.future;
    }

    @Override
    public MelinResult<R> submitAndWait(Q request, Duration timeout) {
        return submitDirect(request, NO_NUMBER, timeout);
    }

    @Override
    public MelinResult<R> submitAndWait(Q request, long number, Duration timeout) {
        checkNumber(number);
        return submitDirect(request, number, timeout);
    }

    private MelinResult<R> submitDirect(Q request, long number, Duration timeout) {
        Objects.requireNonNull(request, "request");
        if (Thread.currentThread() == callbackThread) {
            throw new IllegalStateException(
                    "a callback must not wait for an answer: hand it to a thread of your own");
        }
        long timeoutNs = Math.min(TimeUnit.NANOSECONDS.convert(timeout), WAIT_NS_MAX);
        long deadlineNs = ports.time().tickerNs() + timeoutNs;
        RuntimeException refusal = refusal(hasRoom(timeoutNs), number);
        if (refusal != null) {
            throw refusal;
        }
        Call<R> call;
        try {
            call = Call.direct(encode(request), noted(number), deadlineNs);
        } catch (RuntimeException e) {
            exchange.room().release();
            throw e;
        }
        if (!exchange.handIn(call)) {
            throw exchange.closed(call);
        }
        return await(call, timeout);
    }

    /** Waits for room; an interrupt ends the wait and stays set. */
    private boolean hasRoom(long timeoutNs) {
        try {
            return exchange.room().tryAcquire(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why a request cannot be handed in, or null if it can. */
    private @Nullable RuntimeException refusal(boolean hasRoom, long number) {
        boolean isClosing = exchange.isClosing();
        if (hasRoom && !isClosing) {
            return null;
        }
        if (hasRoom) {
            exchange.room().release();
        }
        MelinRefusedException refusal =
                isClosing
                        ? CallExchange.closed()
                        : new MelinRefusedException(
                                Refusal.OVERLOADED,
                                "the window is full: window=" + config.limits().window());
        boolean isFirst = number == NO_NUMBER || shared.numbers().isFresh(number);
        return isFirst
                ? refusal
                : new MelinUnknownOutcomeException(
                        EventId.of(config.identity().client(), number), "not sent again", refusal);
    }

    private MelinResult<R> await(Call<R> call, Duration timeout) {
        String why = "no answer within " + timeout;
        Throwable cause = null;
        try {
            long leftNs = call.deadlineNs - ports.time().tickerNs() + GRACE_NS;
            if (call.finished.await(leftNs, TimeUnit.NANOSECONDS)) {
                return callbacks.decode(call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted while waiting";
            cause = e;
        }
        if (call.abandon()) {
            throw new MelinRefusedException(Refusal.DRAINING, "never sent: " + why);
        }
        throw new MelinUnknownOutcomeException(call.id(config.identity().client()), why, cause);
    }

    /** The whole frame, its number still 0. */
    private byte[] encode(Q request) {
        ClientProtocol<Q, R> protocol = protocols.take();
        try {
            byte tag = protocol.tag(request);
            int payloadBytes = protocol.size(request);
            check(tag, payloadBytes);
            ByteBuffer frame =
                    ByteBuffer.allocate(RequestFrame.PAYLOAD + payloadBytes)
                            .order(ByteOrder.LITTLE_ENDIAN);
            RequestFrame.begin(frame, 0, tag, payloadBytes);
            protocol.encode(request, frame);
            if (frame.hasRemaining()) {
                throw new IllegalStateException(
                        "protocol wrote less than its size: missing=" + frame.remaining());
            }
            return frame.array();
        } finally {
            protocols.giveBack(protocol);
        }
    }

    private void check(byte tag, int payloadBytes) {
        if (!Tag.isOfApplication(tag)) {
            throw new IllegalArgumentException("not a tag of a request: tag=" + tag);
        }
        int max = config.limits().frameBytesMax() - RequestFrame.BODY_BYTES_MIN;
        if (payloadBytes > max) {
            throw new MelinRefusedException(
                    Refusal.TOO_LARGE, "over the limit: bytes=" + payloadBytes + ", max=" + max);
        }
    }

    private void checkNumber(long number) {
        needIdentity();
        if (number < 1 || number == Long.MAX_VALUE) {
            throw new IllegalArgumentException("number must be 1 or more: number=" + number);
        }
    }

    /** From now on the caller's number may have been sent: the last thing before the hand-over. */
    private Call.Number noted(long number) {
        return number == NO_NUMBER ? Call.Number.NONE : shared.numbers().submit(number);
    }

    private void needIdentity() {
        if (config.identity().client() == 0) {
            throw new IllegalStateException(
                    "nobody's numbers are not remembered: give the client an identity");
        }
    }

    @Override
    public long reserveNumber() {
        needIdentity();
        return shared.numbers().reserve();
    }

    @Override
    public void awaitReady(Duration timeout) {
        shared.board().awaitReady(timeout);
    }

    @Override
    public ClientState state() {
        return shared.board().state();
    }

    @Override
    public void close() {
        exchange.close();
        boolean isCallback = Thread.currentThread() == callbackThread;
        boolean isInterrupted = join(loopThread);
        if (!isCallback) {
            isInterrupted |= join(callbackThread);
        }
        callbacks.drain();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of a thread, for a while; whether the wait was interrupted. */
    private static boolean join(Thread thread) {
        boolean isInterrupted = Thread.interrupted();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        return isInterrupted;
    }
}
