package io.melin.sample.exchange.load;

import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Speaks the frames as an exchange would, or wrongly once, at one request. */
final class FakeServer implements AutoCloseable {
    /** What goes wrong. */
    enum Fault {
        NONE,
        SKIPPED,
        DOUBLED,
        SWAPPED,
        FOREIGN_ORDER,
        NO_REPORT,
        REPEATED,
        BACKWARDS,
        BUSY,
        FAILED,
        STALLED,
        CLOSED,
        GARBAGE
    }

    /** The request at which it goes wrong: well behind the set-up of the tests. */
    static final long AT = 200;

    static final long STALL_MS = 400;

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Fault fault;
    private final AtomicBoolean happened = new AtomicBoolean();
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentHashMap<Long, Long> highest = new ConcurrentHashMap<>();

    FakeServer(Fault fault) throws IOException {
        this.fault = fault;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    boolean hasHappened() {
        return happened.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void start(Runnable runnable) {
        Thread thread = new Thread(runnable, "fake");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Conversation(socket).run();
        } catch (IOException | UncheckedIOException | InterruptedException e) {
            // the client has gone
        }
    }

    private final class Conversation {
        private final DataInputStream in;
        private final OutputStream to;
        private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        private long client;

        Conversation(Socket socket) throws IOException {
            in = new DataInputStream(socket.getInputStream());
            to = socket.getOutputStream();
        }

        void run() throws IOException, InterruptedException {
            ready();
            while (true) {
                byte[] body = new byte[Integer.reverseBytes(in.readInt())];
                in.readFully(body);
                ByteBuffer request = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
                if (!serve(request.getLong(), request.get(), request)) {
                    return;
                }
                if (in.available() == 0) {
                    flush();
                }
            }
        }

        private boolean serve(long number, byte tag, ByteBuffer payload)
                throws IOException, InterruptedException {
            switch (tag) {
                case Tag.IDENTIFY -> {
                    client = IdentifyFrame.client(payload);
                    ready();
                }
                case Tag.HEARTBEAT -> {}
                case Tag.QUERY_HIGHEST_REQUEST -> {
                    ResponseFrame.begin(out, Tag.HIGHEST_REQUEST, Long.BYTES)
                            .putLong(highest.getOrDefault(client, 0L));
                    EndFrame.write(out, number, sequence.get(), 0, false);
                }
                default -> {
                    highest.put(client, number);
                    if (number >= AT && canGoWrongAt(tag) && happened.compareAndSet(false, true)) {
                        return wrong(number, tag, payload);
                    }
                    answer(number, tag, payload);
                }
            }
            return true;
        }

        private void ready() throws IOException {
            new ReadyFrame(Role.UNRESTRICTED, client, 1 << 16, 1 << 10, 30_000).write(out);
            flush();
        }

        private void flush() throws IOException {
            to.write(out.array(), 0, out.position());
            out.clear();
        }

        private void answer(long number, byte tag, ByteBuffer payload) {
            report(tag, payload, id -> id);
            EndFrame.write(out, number, sequence.incrementAndGet(), 1, false);
        }

        /** A placed order, a replaced one, or nothing. */
        private void report(byte tag, ByteBuffer payload, LongFunction<Long> id) {
            int at = payload.position();
            if (tag == ExchangeTag.SUBMIT) {
                ResponseFrame.begin(out, ExchangeTag.PLACED, 33)
                        .putLong(id.apply(payload.getLong(at + 4)))
                        .put(new byte[25]);
            } else if (tag == ExchangeTag.CANCEL_REPLACE) {
                ResponseFrame.begin(out, ExchangeTag.REPLACED, 49)
                        .putLong(id.apply(payload.getLong(at + 8)))
                        .put(new byte[41]);
            }
        }

        /** Only what must have a report can be without one. */
        private boolean canGoWrongAt(byte tag) {
            return switch (fault) {
                case NONE -> false;
                case NO_REPORT -> tag == ExchangeTag.SUBMIT;
                default -> true;
            };
        }

        private boolean wrong(long number, byte tag, ByteBuffer payload)
                throws IOException, InterruptedException {
            switch (fault) {
                case NONE, SKIPPED -> {}
                case DOUBLED -> {
                    answer(number, tag, payload);
                    EndFrame.write(out, number, sequence.get(), 1, false);
                }
                case SWAPPED ->
                        EndFrame.write(out, number + 1, sequence.incrementAndGet(), 1, false);
                case FOREIGN_ORDER -> {
                    report(ExchangeTag.SUBMIT, payload, id -> id + 1);
                    EndFrame.write(out, number, sequence.incrementAndGet(), 1, false);
                }
                case NO_REPORT -> EndFrame.write(out, number, sequence.incrementAndGet(), 1, false);
                case REPEATED -> {
                    report(tag, payload, id -> id);
                    EndFrame.write(out, number, sequence.incrementAndGet(), 1, true);
                }
                case BACKWARDS -> {
                    report(tag, payload, id -> id);
                    EndFrame.write(out, number, 1, 1, false);
                }
                case BUSY -> BusyFrame.write(out, number, Code.OVERLOADED);
                case FAILED -> ErrorFrame.begin(out, number, Code.FORBIDDEN, 2).put(new byte[2]);
                case STALLED -> {
                    flush();
                    Thread.sleep(STALL_MS);
                    answer(number, tag, payload);
                }
                case CLOSED -> {
                    return false;
                }
                case GARBAGE -> out.putLong(-1);
            }
            return true;
        }
    }
}
