package io.melin.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Both ends of a connection; the peer takes what its room allows, and reads it at once. */
final class FakeSocket implements Connection {
    final AnswerReader peer = new AnswerReader();

    /** Bytes that the peer still takes. */
    long room = Long.MAX_VALUE;

    /** Most bytes of one read of the server. */
    int readBytesMax = 1 << 16;

    boolean isReading = true;
    private boolean hasFilledARead;
    final End end = new End();
    private final ArrayDeque<Chunk> queue = new ArrayDeque<>();
    private final Stream outgoing = new Stream();
    private final ByteArrayOutputStream incoming = new ByteArrayOutputStream();
    private Transport.@Nullable Receiver receiver;

    /** How far the connection is on its way to its end. */
    static final class End {
        /** The server sends no more. */
        boolean isFinished;

        /** The server closed it. */
        boolean isClosed;

        /** The peer sends no more. */
        boolean isPeerClosed;

        /** The receiver was told. */
        boolean isTold;
    }

    /** What the server sent, as it was then: nobody may change it while it waits. */
    private static final class Stream {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private long pending;
        private long left;
        private int offset;
    }

    void receiver(Transport.Receiver to) {
        receiver = to;
    }

    @Override
    public void send(Chunk chunk) {
        if (end.isFinished || end.isClosed) {
            chunk.giveBack();
            return;
        }
        ByteBuffer bytes = chunk.bytes();
        for (int i = 0; i < bytes.position(); i++) {
            outgoing.sent.write(bytes.get(i));
        }
        outgoing.pending += bytes.position();
        Chunk last = queue.peekLast();
        boolean isWhole = queue.size() > 1 || outgoing.offset == 0;
        if (last == null || !isWhole || !last.absorb(chunk)) {
            queue.add(chunk);
        }
    }

    @Override
    public void flush() {
        byte[] expected = room > 0 && !queue.isEmpty() ? outgoing.sent.toByteArray() : new byte[0];
        int from = 0;
        while (room > 0 && !queue.isEmpty()) {
            ByteBuffer bytes = queue.element().bytes();
            int count = (int) Math.min(room, bytes.position() - outgoing.offset);
            byte[] part = new byte[count];
            bytes.get(outgoing.offset, part);
            for (int i = 0; i < count; i++) {
                if (part[i] != expected[from + i]) {
                    throw new AssertionError("a chunk was changed while it was being sent");
                }
            }
            from += count;
            taken(part, bytes.position());
        }
        if (from > 0) {
            outgoing.sent.reset();
            outgoing.sent.write(expected, from, expected.length - from);
        }
    }

    private void taken(byte[] part, int chunkBytes) {
        room -= part.length;
        outgoing.pending -= part.length;
        outgoing.left += part.length;
        outgoing.offset += part.length;
        if (outgoing.offset == chunkBytes) {
            outgoing.offset = 0;
            queue.remove().giveBack();
        }
        peer.add(part, 0, part.length);
    }

    /** The peer sends; the server reads when the transport is polled. */
    void sends(ByteBuffer frame) {
        if (!end.isPeerClosed) {
            incoming.write(frame.array(), 0, frame.position());
        }
    }

    /** One lap: what the peer took, one read, and the end if it has come. */
    int lap() {
        hasFilledARead = false;
        flush();
        Transport.Receiver to = receiver;
        if (to == null || end.isTold) {
            return 0;
        }
        if (end.isClosed) {
            tellEnd(to);
            return 1;
        }
        if (!isReading) {
            return 0;
        }
        int count = Math.min(readBytesMax, incoming.size());
        hasFilledARead = count == readBytesMax;
        if (count > 0) {
            byte[] all = incoming.toByteArray();
            incoming.reset();
            incoming.write(all, count, all.length - count);
            to.received(ByteBuffer.wrap(all, 0, count).order(ByteOrder.LITTLE_ENDIAN));
            return 1;
        }
        if (end.isPeerClosed) {
            close();
            return 1;
        }
        return 0;
    }

    private void tellEnd(Transport.Receiver to) {
        end.isTold = true;
        to.closed();
    }

    /** Whether the read of the last lap took all that one may take. */
    boolean hasFilledARead() {
        return hasFilledARead;
    }

    /** Bytes that the server did not read yet. */
    int unread() {
        return incoming.size();
    }

    @Override
    public long pending() {
        return outgoing.pending;
    }

    @Override
    public long progress() {
        return outgoing.left;
    }

    @Override
    public void reading(boolean on) {
        isReading = on;
    }

    @Override
    public void finish() {
        end.isFinished = true;
        isReading = true;
        flush();
    }

    @Override
    public void close() {
        end.isClosed = true;
        while (!queue.isEmpty()) {
            queue.remove().giveBack();
        }
        outgoing.pending = 0;
    }

    /** Whether the connection is of no use any more. */
    boolean isOver() {
        return end.isFinished || end.isClosed || end.isPeerClosed;
    }

    @Override
    public String peer() {
        return "fake";
    }
}
