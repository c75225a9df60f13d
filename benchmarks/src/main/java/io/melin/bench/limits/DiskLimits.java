package io.melin.bench.limits;

import io.melin.bench.part.PreZeroed;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A write and a sync, again and again, into a file that was written before. */
final class DiskLimits {
    private static final int FILE_BYTES = 256 << 20;

    private final FileChannel file;
    private final ByteBuffer block;
    private long offset;

    private DiskLimits(FileChannel file, int blockBytes) {
        this.file = file;
        this.block = ByteBuffer.allocateDirect(blockBytes);
    }

    static List<Samples> measure(Path directory) throws IOException {
        Path path = directory.resolve("limits.dat");
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            PreZeroed.fill(file, FILE_BYTES);
            Arrivals arrivals = new Arrivals();
            Samples small =
                    Stopwatch.time(
                            Limits.SYNC, new DiskLimits(file, 4 << 10)::writeAndSync, arrivals);
            return List.of(
                    small,
                    new Samples(Limits.DISK_ALONE, small.perSecond(), arrivals.waits()),
                    Stopwatch.time("sync 64 KiB", new DiskLimits(file, 64 << 10)::writeAndSync));
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private void writeAndSync() throws IOException {
        offset = offset + block.capacity() > FILE_BYTES ? 0 : offset;
        offset += file.write(block.clear(), offset);
        file.force(false);
    }
}
