package io.melin.bench.aeron;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.melin.bench.part.LoadOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A process that keeps a window of requests in flight, over UDP or shared memory. */
@CommandLine.Command(name = "aeron-client")
public final class AeronClient implements Callable<Integer> {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);

    @Option(names = "--driver", required = true, description = "directory of the server's driver")
    private String driver = "";

    @Option(names = "--ipc")
    private boolean isIpc;

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AeronClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        AeronSession session = new AeronSession(load);
        AeronCluster.Context context =
                new AeronCluster.Context().egressListener(session).messageTimeoutNs(TIMEOUT_NS);
        if (isIpc) {
            context.aeronDirectoryName(driver)
                    .ingressChannel("aeron:ipc")
                    .egressChannel("aeron:ipc");
            session.run(context);
            return 0;
        }
        try (MediaDriver own = MediaDriver.launchEmbedded(driverContext())) {
            context.aeronDirectoryName(own.aeronDirectoryName())
                    .ingressChannel("aeron:udp?term-length=1m")
                    .ingressEndpoints("0=localhost:" + AeronServer.PORT)
                    .egressChannel("aeron:udp?endpoint=localhost:0");
            session.run(context);
        }
        return 0;
    }

    private static MediaDriver.Context driverContext() {
        return new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .sharedIdleStrategy(YieldingIdleStrategy.INSTANCE);
    }
}
