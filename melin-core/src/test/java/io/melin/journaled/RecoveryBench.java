package io.melin.journaled;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * How fast a start replays small events, and whether its memory grows with the journal. By hand, on
 * a machine that does nothing else:
 *
 * <pre>java -Xmx128m -cp CLASSPATH_OF_THE_TESTS io.melin.journaled.RecoveryBench DIRECTORY</pre>
 */
final class RecoveryBench {
    private static final int RUNS = 5;
    private static final int BATCH = 4_096;
    private static final int PAYLOAD_BYTES = 16;

    private RecoveryBench() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        System.out.println("millions   id         events/s per run, of CPU and of time; heap MiB");
        for (int millions : new int[] {10}) {
            for (byte scheme : new byte[] {IdScheme.NONE, IdScheme.CLIENT_REQUEST}) {
                JournalConfig config =
                        JournalConfig.of(directory.resolve(scheme + "-" + millions), 1, 1);
                write(config, millions * 1_000_000, scheme);
                System.out.printf("%-10d %-8s ", millions, scheme == 0 ? "none" : "numbered");
                for (int run = 0; run < RUNS; run++) {
                    replay(config);
                }
                System.out.println();
            }
        }
    }

    private static void write(JournalConfig config, int count, byte scheme) {
        EventHeader header = new EventHeader();
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        try (Journal journal = Journal.open(config, ports(), (entry, bytes, version) -> {})) {
            for (int i = 1; i <= count; i++) {
                header.event(EventKind.APP, i, i);
                header.id(scheme, 1 + i % 1_000, 1 + i / 1_000);
                if (scheme == IdScheme.NONE) {
                    header.id(scheme, 0, 0);
                }
                payload.clear().putLong(0, i);
                if (!journal.frames().tryAppend(header, payload)) {
                    throw new AssertionError("no room: i=" + i);
                }
                if (i % BATCH == 0 || i == count) {
                    journal.frames().publish();
                    journal.writer().writeAndForce(journal.frames());
                }
            }
        }
    }

    private static void replay(JournalConfig config) {
        long startedNs = System.nanoTime();
        long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (JournaledApplication<Value, Value> app =
                JournaledApplication.recover(program(), config, ports())) {
            double took = (System.nanoTime() - startedNs) / 1e3;
            double cpu =
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs) / 1e3;
            long entries = app.journal().report().entries();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    " %.2fM %.2fM %dMiB;",
                    entries / cpu,
                    entries / took,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }

    private static JournalPorts ports() {
        return new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    }

    private static JournaledApplication.Program<Value, Value> program() {
        return new JournaledApplication.Program<>(new Sum(), new Number(), new Number());
    }

    private static final class Sum implements Application<Value, Value> {
        private long total;

        @Override
        public void apply(Value event, EventContext context, Reports<Value> reports) {
            total += event.number;
        }

        @Override
        public Application<Value, Value> fresh() {
            return new Sum();
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total = in.readLong();
        }
    }

    /** A flyweight: what is measured is the replay, not an allocator. */
    private static final class Value {
        long number;
    }

    private static final class Number implements Codec<Value> {
        private final Value value = new Value();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Value value) {
            return PAYLOAD_BYTES;
        }

        @Override
        public void encode(Value value, ByteBuffer out) {
            out.putLong(value.number).putLong(0);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == PAYLOAD_BYTES;
        }

        @Override
        public Value decode(ByteBuffer in, int version) {
            value.number = in.getLong();
            return value;
        }

        @Override
        public Codec<Value> fresh() {
            return new Number();
        }
    }
}
