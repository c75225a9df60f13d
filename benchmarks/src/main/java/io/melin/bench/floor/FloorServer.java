package io.melin.bench.floor;

import io.melin.bench.client.FloorDialect;
import io.melin.bench.part.Forked;
import io.melin.bench.part.PreZeroed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The least that a durable server can do, and so the most: one thread that reads what has arrived,
 * appends it as one block with a checksum to a pre-zeroed file, syncs once and answers. It has no
 * sessions, no ids, no recovery.
 */
public final class FloorServer {
    private static final long FILE_BYTES = 1L << 30;
    private static final int BLOCK_BYTES = 8 << 20;
    private static final int READ_BYTES = 1 << 17;
    private static final int BACKLOG = 1_024;
    private static final int ALIGN_BYTES = 4_096;
    private static final int HEAD_BYTES = 8;

    private final FileChannel file;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final List<Peer> answering = new ArrayList<>();
    private long offset;

    private FloorServer(FileChannel file) {
        this.file = file;
    }

    /**
     * @param arguments the file, and {@code select} or {@code spin}
     */
    public static void main(String[] arguments) throws IOException {
        Forked.endWithParent();
        try (FileChannel file =
                        FileChannel.open(
                                Path.of(arguments[0]),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                ServerSocketChannel server = ServerSocketChannel.open();
                Selector selector = Selector.open()) {
            PreZeroed.fill(file, FILE_BYTES);
            server.bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG).configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("READY " + server.socket().getLocalPort());
            new FloorServer(file).serve(selector, arguments[1].equals("spin"));
        }
    }

    private void serve(Selector selector, boolean spins) throws IOException {
        block.position(HEAD_BYTES);
        while (true) {
            if (spins || !answering.isEmpty()) {
                selector.selectNow();
            } else {
                selector.select();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept(selector, (ServerSocketChannel) key.channel());
                } else {
                    read(key);
                }
            }
            selector.selectedKeys().clear();
            commit();
        }
    }

    private static void accept(Selector selector, ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Peer(channel));
    }

    private void read(SelectionKey key) throws IOException {
        Peer peer = Objects.requireNonNull((Peer) key.attachment());
        boolean isNew = peer.out.position() == 0;
        boolean isMore = true;
        while (isMore) { // a read brings only a few of the largest events
            if (peer.channel.read(peer.in) < 0) {
                key.channel().close();
                return;
            }
            boolean wasFull = !peer.in.hasRemaining();
            peer.take(block);
            isMore = wasFull && peer.in.hasRemaining();
        }
        if (isNew && peer.out.position() > 0) {
            answering.add(peer);
        }
    }

    /** One write, one sync, then the answers. */
    private void commit() throws IOException {
        if (answering.isEmpty()) {
            return;
        }
        int bytes = block.position();
        crc.reset();
        crc.update(block.limit(bytes).position(HEAD_BYTES));
        block.putInt(0, bytes).putInt(Integer.BYTES, (int) crc.getValue());
        block.limit((bytes + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES).position(0);
        if (offset + block.limit() > FILE_BYTES) {
            offset = 0;
        }
        offset += file.write(block, offset);
        file.force(false);
        for (Peer peer : answering) {
            peer.answer();
        }
        block.clear().position(HEAD_BYTES);
        answering.removeIf(peer -> !peer.take(block)); // what had no room in the last block
    }

    private static final class Peer {
        private final SocketChannel channel;
        private final ByteBuffer in =
                ByteBuffer.allocateDirect(READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private final ByteBuffer out =
                ByteBuffer.allocateDirect(READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        private Peer(SocketChannel channel) {
            this.channel = channel;
        }

        /**
         * Moves whole requests into the block, as far as it and the answers have room.
         *
         * @return whether there are answers
         */
        private boolean take(ByteBuffer block) {
            in.flip();
            while (in.remaining() > Integer.BYTES) {
                int bytes = Integer.BYTES + in.getInt(in.position());
                boolean hasRoom =
                        bytes <= block.remaining() && out.remaining() >= FloorDialect.ANSWER_BYTES;
                if (bytes > in.remaining() || !hasRoom) {
                    break;
                }
                out.putLong(in.getLong(in.position() + Integer.BYTES));
                out.position(out.position() + FloorDialect.ANSWER_BYTES - Long.BYTES);
                block.put(block.position(), in, in.position(), bytes);
                block.position(block.position() + bytes);
                in.position(in.position() + bytes);
            }
            in.compact();
            return out.position() > 0;
        }

        private void answer() throws IOException {
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            out.clear();
        }
    }
}
