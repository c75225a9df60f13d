package io.melin.test;

import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotWriter;
import io.melin.journaled.JournaledApplication.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Applications and codecs that break their contract. */
final class SpoiledLedgers {
    private SpoiledLedgers() {}

    private static Program<Long, Long> program(LedgerApplication application) {
        return new Program<>(application, LedgerApplication.CODEC, LedgerApplication.CODEC);
    }

    /** Its snapshot leaves out the last number. */
    static Program<Long, Long> snapshotWithoutTheLast(Duration ticks) {
        class Forgetful extends LedgerApplication {
            Forgetful() {
                super(ticks);
            }

            @Override
            public LedgerApplication fresh() {
                return new Forgetful();
            }

            @Override
            public void snapshot(SnapshotWriter out) throws IOException {
                LedgerApplication shorter = new LedgerApplication(ticks);
                shorter.ticksNs.addAll(ticksNs);
                shorter.values.addAll(values.subList(0, Math.max(0, values.size() - 1)));
                shorter.snapshot(out);
            }
        }
        return program(new Forgetful());
    }

    /** The time of the last tick is not in its snapshot, so a restored one takes another. */
    static Program<Long, Long> clockNotRestored(Duration ticks) {
        class Timeless extends LedgerApplication {
            private long clockNs;

            Timeless() {
                super(ticks);
            }

            @Override
            public LedgerApplication fresh() {
                return new Timeless();
            }

            @Override
            public void tick(EventContext context, Reports<Long> reports) {
                ticksNs.add(context.timeNs() - clockNs);
                clockNs = context.timeNs();
            }
        }
        return program(new Timeless());
    }

    /** It asks the machine what time it is. */
    static Program<Long, Long> wallClock(Duration ticks) {
        class Watch extends LedgerApplication {
            Watch() {
                super(ticks);
            }

            @Override
            public LedgerApplication fresh() {
                return new Watch();
            }

            @Override
            public void apply(Long event, EventContext context, Reports<Long> reports) {
                super.apply(event, context, reports);
                ticksNs.add(System.nanoTime());
            }
        }
        return program(new Watch());
    }

    /** Its twins count together. */
    static Program<Long, Long> sharedCount(Duration ticks) {
        AtomicLong shared = new AtomicLong();
        class Counting extends LedgerApplication {
            Counting() {
                super(ticks);
            }

            @Override
            public LedgerApplication fresh() {
                return new Counting();
            }

            @Override
            public void apply(Long event, EventContext context, Reports<Long> reports) {
                super.apply(event, context, reports);
                ticksNs.add(shared.incrementAndGet());
            }
        }
        return program(new Counting());
    }

    /** Five bits of a number come back. */
    static Program<Long, Long> narrowCodec(Duration ticks) {
        Codec<Long> narrow =
                new Codec<>() {
                    @Override
                    public int version() {
                        return 1;
                    }

                    @Override
                    public int size(Long value) {
                        return Long.BYTES;
                    }

                    @Override
                    public void encode(Long value, ByteBuffer out) {
                        out.putLong(value);
                    }

                    @Override
                    public boolean isValid(ByteBuffer in) {
                        return in.remaining() == Long.BYTES;
                    }

                    @Override
                    public Long decode(ByteBuffer in, int version) {
                        return in.getLong() & 0x1F;
                    }
                };
        return new Program<>(new LedgerApplication(ticks), narrow, LedgerApplication.CODEC);
    }
}
