package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.storage.FileSystemStorage;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.time.SystemTime;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final int EVENTS = 1_000_000;
    private static final int WARM_UP = 200_000;

    @Test
    void framingAndWritingAllocateNothing(@TempDir Path directory) {
        JournalConfig config =
                JournalConfig.of(directory, 1, 1).withPrezeroedBytes(TestJournal.PREZEROED_BYTES);
        JournalPorts ports =
                new JournalPorts(new WithoutSync(FileSystemStorage.INSTANCE), SystemTime.INSTANCE);
        try (Journal journal = Journal.open(config, ports, (header, payload, version) -> {})) {
            run(journal, WARM_UP);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);

            run(journal, EVENTS);

            double perEvent = (threads.getThreadAllocatedBytes(thread) - before) / (double) EVENTS;
            System.out.println("journal: allocatedBytesPerEvent=" + perEvent);
            assertThat(perEvent).isLessThan(0.01);
        }
    }

    /** In batches of 1 to 16, so that what a batch costs cannot hide behind many events. */
    private static void run(Journal journal, int events) {
        EventHeader header = new EventHeader();
        ByteBuffer payload = ByteBuffer.allocateDirect(64);
        FrameBuffer frames = journal.frames();
        long sequence = frames.framedSequence().acquire();
        for (int i = 0; i < events; i++) {
            sequence++;
            header.event(EventKind.APP, sequence, i).id(IdScheme.CLIENT_REQUEST, 1, i);
            while (!frames.tryAppend(header, payload)) {
                frames.publish();
                journal.writer().writeAndForce(frames);
            }
            if ((i * 31 & 15) == 0) {
                frames.publish();
                journal.writer().writeAndForce(frames);
            }
        }
        frames.publish();
        journal.writer().writeAndForce(frames);
    }

    /** The real disk, but a sync costs nothing: a hundred thousand are not the point here. */
    private record WithoutSync(Storage storage) implements Storage {
        @Override
        public StorageDirectory open(Path directory) throws IOException {
            return new Directory(storage.open(directory));
        }
    }

    private record Directory(StorageDirectory directory) implements StorageDirectory {
        @Override
        public String path() {
            return directory.path();
        }

        @Override
        public List<String> list() throws IOException {
            return directory.list();
        }

        @Override
        public boolean exists(String name) throws IOException {
            return directory.exists(name);
        }

        @Override
        public StorageFile create(String name) throws IOException {
            return new Unsynced(directory.create(name));
        }

        @Override
        public StorageFile openWrite(String name) throws IOException {
            return new Unsynced(directory.openWrite(name));
        }

        @Override
        public StorageFile openRead(String name) throws IOException {
            return directory.openRead(name);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            directory.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            directory.delete(name);
        }

        @Override
        public void sync() {}

        @Override
        public Closeable lock(String name) throws IOException {
            return directory.lock(name);
        }

        @Override
        public long freeBytes() throws IOException {
            return directory.freeBytes();
        }

        @Override
        public void close() throws IOException {
            directory.close();
        }
    }

    private record Unsynced(StorageFile file) implements StorageFile {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            return file.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            return file.write(source, offset);
        }

        @Override
        public void force() {}

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
