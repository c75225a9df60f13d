package io.melin.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets the network library follow every buffer, and reads in its log which ones were lost. */
public final class LeakWatch implements AutoCloseable {
    private static final int COLLECTIONS = 5;
    private static final int PAUSE_NS = 20_000_000;

    private final Level before = ResourceLeakDetector.getLevel();
    private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(@Nullable LogRecord record) {
                    leaks.add(record == null ? "" : String.valueOf(record.getMessage()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    public LeakWatch() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        logger.addHandler(handler);
    }

    /** What was collected and never released: found when the next buffer is made. */
    public List<String> leaks() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NS);
            ByteBuf probe = Unpooled.directBuffer(16);
            probe.release();
        }
        return leaks;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        ResourceLeakDetector.setLevel(before);
    }
}
