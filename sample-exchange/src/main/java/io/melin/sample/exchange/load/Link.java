package io.melin.sample.exchange.load;

import io.melin.wire.FrameAssembler;
import io.melin.wire.FrameAssembler.Verdict;
import io.melin.wire.RequestFrame;
import io.melin.wire.Tag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One socket to the server, again and again. Threading: one. */
final class Link {
    private static final int BODY_BYTES_MAX = 1 << 20;

    /** Takes one frame; false if nothing more may be read. */
    interface Frames {
        boolean take(ByteBuffer body);
    }

    /** Makes the link of a client. */
    interface Factory {
        Link open(Client client);
    }

    private final Selector selector;
    private final InetSocketAddress address;
    private final Object owner;
    private final FrameAssembler assembler = new FrameAssembler(BODY_BYTES_MAX);
    private final ByteBuffer control =
            ByteBuffer.allocate(2 * Greeting.FRAME_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private long lastWriteNs;

    /**
     * @param owner is attached to the keys of the selector
     */
    Link(Selector selector, InetSocketAddress address, Object owner) {
        this.selector = selector;
        this.address = address;
        this.owner = owner;
    }

    boolean isOpen() {
        return channel != null;
    }

    boolean isConnected() {
        return channel != null && channel.isConnected();
    }

    void open() throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean isConnected = opened.connect(address);
        key =
                opened.register(
                        selector,
                        isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT,
                        owner);
    }

    /** Goes on with a connection that was begun; true once it stands. */
    boolean finish() throws IOException {
        if (channel == null || key == null || !channel.finishConnect()) {
            return false;
        }
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // closed all the same
            }
        }
        channel = null;
        key = null;
        assembler.clear();
        control.clear();
    }

    /** For frames of the session; they leave before those of the tape. */
    ByteBuffer control() {
        return control;
    }

    long lastWriteNs() {
        return lastWriteNs;
    }

    void heartbeat() {
        if (control.position() == 0) {
            RequestFrame.begin(control, 0, Tag.HEARTBEAT, 0);
        }
    }

    /** Reads once and hands on every whole frame; false at the end of the stream. */
    boolean read(ByteBuffer shared, Frames to) throws IOException {
        if (channel == null || channel.read(shared.clear()) < 0) {
            return false;
        }
        assembler.add(shared.flip());
        Verdict verdict = assembler.peek();
        while (verdict == Verdict.FRAME) {
            boolean goesOn = to.take(assembler.body());
            if (!goesOn || channel == null) {
                return true;
            }
            assembler.consume();
            verdict = assembler.peek();
        }
        if (verdict == Verdict.INVALID) {
            throw new IOException("not a frame: length=" + assembler.claimedLength());
        }
        return true;
    }

    /** Writes what is to be written; what the socket does not take is written when it does. */
    void write(FrameTape tape, boolean withTape, long nowNs) throws IOException {
        if (channel == null || key == null) {
            return;
        }
        boolean isAll = writeControl(channel) && (!withTape || tape.write(channel));
        int wanted = SelectionKey.OP_READ | (isAll ? 0 : SelectionKey.OP_WRITE);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
        lastWriteNs = nowNs;
    }

    private boolean writeControl(SocketChannel to) throws IOException {
        if (control.position() > 0) {
            to.write(control.flip());
            control.compact();
        }
        return control.position() == 0;
    }
}
