package io.melin.node;

import io.melin.gateway.Transports;
import io.melin.gateway.netty.NettyTransport;
import io.melin.stage.AffinityPinning;
import io.melin.stage.BackgroundThreads;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.storage.FileSystemStorage;
import io.melin.storage.Storage;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;

/** What a node needs from the machine. */
public record NodePorts(
        Storage storage, TimeSource time, Threads threads, Pinning pinning, Transports transports) {

    NodePorts withStorage(Storage other) {
        return new NodePorts(other, time, threads, pinning, transports);
    }

    /** The same with threads of low priority. */
    NodePorts inBackground() {
        return new NodePorts(storage, time, new BackgroundThreads(threads), pinning, transports);
    }

    /**
     * Loads what {@link #system()} and a node of it load on first use, the network library and what
     * is native: some 100 ms of a start, which is ready sooner if another thread does this
     * meanwhile. Any thread, any number of times; what cannot be loaded is left to who needs it.
     *
     * @param hasGateway whether the network library is needed too
     */
    public static void load(boolean hasGateway) {
        FileSystemStorage.load();
        if (hasGateway) {
            NettyTransport.load();
        }
    }

    /** Real files, clocks and threads; cores by the affinity library if it is there. */
    public static NodePorts system() {
        return new NodePorts(
                FileSystemStorage.INSTANCE,
                SystemTime.INSTANCE,
                Threads.PLATFORM,
                new AffinityPinning(),
                // No method reference: that would look for the library where no gateway needs it.
                (address, kind, tls) -> new NettyTransport(address, kind, tls));
    }
}
