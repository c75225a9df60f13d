package io.melin.bench.micro;

import io.melin.event.EventHeader;
import io.melin.event.IdScheme;
import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.FrameBuffer;
import io.melin.journal.FramedBatch;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An entry of 100 bytes of payload on its way to a disk, without the disk. */
@State(Scope.Thread)
public class JournalBenchmark {
    private static final int BACKLOG = 64;

    private final Events events = new Events(IdScheme.NONE);
    private final FrameBuffer frames =
            new FrameBuffer(JournalConfig.FRAME_BUFFER_BYTES, JournalConfig.PAYLOAD_BYTES_MAX, 0);
    private final HashChain chain = new HashChain(ChainHash.of(new byte[ChainHash.BYTES]));
    private final Journal journal = WindowStorage.journal();

    /** Framed with its CRC32C, handed over, and freed. */
    @Benchmark
    public int frame() {
        FramedBatch batch = framed();
        batch.release();
        return batch.bytes();
    }

    /** The same, and hashed into the chain before it is freed. */
    @Benchmark
    public HashChain frameAndHash() {
        FramedBatch batch = framed();
        chain.update(batch.first());
        chain.update(batch.second());
        batch.release();
        return chain;
    }

    /** The writer of segments with a backlog of 64, into memory: all that one entry costs. */
    @Benchmark
    @OperationsPerInvocation(BACKLOG)
    public boolean write() {
        for (int i = 0; i < BACKLOG; i++) {
            append(journal.frames());
        }
        journal.frames().publish();
        return journal.writer().writeAndForce(journal.frames());
    }

    private FramedBatch framed() {
        append(frames);
        frames.publish();
        FramedBatch batch = frames.batch();
        if (!batch.acquire()) {
            throw new AssertionError("nothing is framed");
        }
        return batch;
    }

    private void append(FrameBuffer to) {
        EventHeader header = events.next();
        if (!to.tryAppend(header, events.payload())) {
            throw new AssertionError("no room: sequence=" + header.sequence());
        }
    }
}
