package io.melin.bench.aeron;

import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.melin.bench.part.Forked;
import java.io.File;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A cluster of one member. With a file sync level of 2 the archive has synced an entry before the
 * position that commits it moves; with 0 nothing is synced. Every agent yields, which is its best
 * on two cores.
 */
public final class AeronServer {
    private static final String MEMBER = "0,%1$s:%2$d,%1$s:%3$d,%1$s:%4$d,%1$s:%5$d,%1$s:%6$d";
    private static final String HOST = "localhost";
    static final int PORT = 20_110;

    private final String directory;
    private final String driverDirectory;
    private final int syncLevel;

    private AeronServer(String directory, int syncLevel) {
        this.directory = directory;
        // Not a new one each time: killed, a driver leaves hundreds of megabytes of shared memory.
        this.driverDirectory = CommonContext.getAeronDirectoryName() + "-melin-bench";
        this.syncLevel = syncLevel;
    }

    /**
     * @param arguments the directory, and the file sync level
     */
    public static void main(String[] arguments) throws InterruptedException {
        Forked.endWithParent();
        AeronServer server = new AeronServer(arguments[0], Integer.parseInt(arguments[1]));
        // Nothing is closed: the process is killed.
        ClusteredMediaDriver.launch(server.driver(), server.archive(), server.consensus());
        ClusteredServiceContainer.launch(server.service());
        System.out.println("READY " + server.driverDirectory);
        new CountDownLatch(1).await();
    }

    private MediaDriver.Context driver() {
        return new MediaDriver.Context()
                .aeronDirectoryName(driverDirectory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(YieldingIdleStrategy.INSTANCE);
    }

    private Archive.Context archive() {
        return new Archive.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveDir(new File(directory, "archive"))
                .controlChannel("aeron:udp?endpoint=" + HOST + ":" + (PORT + 5))
                .replicationChannel("aeron:udp?endpoint=" + HOST + ":0")
                .localControlChannel("aeron:ipc?term-length=64k")
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(() -> YieldingIdleStrategy.INSTANCE)
                .fileSyncLevel(syncLevel)
                .catalogFileSyncLevel(syncLevel);
    }

    private AeronArchive.Context archiveClient() {
        return new AeronArchive.Context()
                .aeronDirectoryName(driverDirectory)
                .controlRequestChannel("aeron:ipc?term-length=64k")
                .controlResponseChannel("aeron:ipc?term-length=64k");
    }

    private ConsensusModule.Context consensus() {
        return new ConsensusModule.Context()
                .aeronDirectoryName(driverDirectory)
                .clusterDir(new File(directory, "cluster"))
                .clusterMemberId(0)
                .clusterMembers(
                        MEMBER.formatted(HOST, PORT, PORT + 1, PORT + 2, PORT + 3, PORT + 5))
                .archiveContext(archiveClient())
                .ingressChannel("aeron:udp?term-length=1m")
                .isIpcIngressAllowed(true)
                .logChannel("aeron:ipc?term-length=64m")
                .replicationChannel("aeron:udp?endpoint=" + HOST + ":0")
                .fileSyncLevel(syncLevel)
                .idleStrategySupplier(() -> YieldingIdleStrategy.INSTANCE);
    }

    private ClusteredServiceContainer.Context service() {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(driverDirectory)
                .clusterDir(new File(directory, "cluster"))
                .archiveContext(archiveClient())
                .clusteredService(new AeronCounter())
                .idleStrategySupplier(() -> YieldingIdleStrategy.INSTANCE);
    }
}
