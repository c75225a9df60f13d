package io.melin.bench.limits;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the disk, the loopback and two threads of this machine can do, in a JVM of its own. */
public final class Limits {
    /** Name of what a write of 4 KiB and its sync take. */
    public static final String SYNC = "sync 4 KiB";

    /** Name of how long requests at a fixed rate would wait for nothing but such syncs. */
    public static final String DISK_ALONE = "at any moment, two syncs of 4 KiB";

    /** Name of what a round trip takes of which both sides wait in the kernel. */
    public static final String ROUND_TRIP = "TCP round trip, blocking";

    private Limits() {}

    /**
     * @param arguments a directory on the disk that is to be measured, and a file for the figures
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        List<Samples> all = new ArrayList<>();
        all.addAll(DiskLimits.measure(directory));
        all.addAll(SocketLimits.measure());
        all.add(RingLimit.measure());
        all.addAll(HashLimits.measure());
        Samples.write(Path.of(arguments[1]), all);
    }

    /** A thing that is done again and again, and how long each time takes. */
    interface Step {
        void run() throws IOException;
    }
}
