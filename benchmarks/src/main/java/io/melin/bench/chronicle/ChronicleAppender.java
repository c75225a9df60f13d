package io.melin.bench.chronicle;

import io.melin.bench.part.Forked;
import io.melin.bench.part.LoadOptions;
import io.melin.bench.part.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Appends a window of messages and syncs once, again and again, all on one thread: {@link
 * ExcerptAppender#sync} with {@link SyncMode#SYNC}. A latency starts before its message is appended
 * and ends after the sync. Nothing reads and nothing answers.
 */
@CommandLine.Command(name = "chronicle-appender")
public final class ChronicleAppender implements Callable<Integer> {
    private static final long BLOCK_BYTES = 64 << 20;

    @Parameters(index = "0")
    private Path directory = Path.of("");

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        Forked.endWithParent();
        System.exit(new CommandLine(new ChronicleAppender()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Recording recording;
        try (ChronicleQueue queue =
                        SingleChronicleQueueBuilder.binary(directory)
                                .blockSize(BLOCK_BYTES)
                                .syncMode(SyncMode.SYNC)
                                .build();
                ExcerptAppender appender = queue.createAppender()) {
            recording = new Recording(load);
            append(appender, recording);
        }
        load.write("chronicle", recording.latencies());
        return 0;
    }

    private void append(ExcerptAppender appender, Recording recording) {
        long[] startedNs = new long[load.window()];
        Bytes<?> message = Bytes.allocateDirect(load.eventBytes());
        message.writeLimit(load.eventBytes()).writePosition(load.eventBytes());
        long sent = 0;
        long nowNs = System.nanoTime();
        while (!recording.isOver(nowNs)) {
            for (int i = 0; i < startedNs.length; i++) {
                startedNs[i] = System.nanoTime();
                message.writeLong(0, ++sent);
                appender.writeBytes(message);
            }
            appender.sync();
            nowNs = System.nanoTime();
            for (long oneNs : startedNs) {
                recording.record(oneNs, nowNs);
            }
        }
        message.releaseLast();
    }
}
