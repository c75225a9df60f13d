package io.melin.bench.ratis;

import io.melin.bench.part.FutureLoop;
import io.melin.bench.part.LoadOptions;
import io.melin.bench.part.Recording;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.util.TimeDuration;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A process that keeps a window of requests in flight through the asynchronous API. */
@CommandLine.Command(name = "ratis-client")
public final class RatisClient implements Callable<Integer> {
    private static final TimeDuration TIMEOUT = TimeDuration.valueOf(20, TimeUnit.SECONDS);

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--more-warm-up", description = "seconds before those of every client")
    private int moreWarmUpSeconds;

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        Logger.getLogger("org.apache.ratis").setLevel(Level.WARNING);
        System.exit(new CommandLine(new RatisClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        RaftProperties properties = new RaftProperties();
        // The permit of a request may come back after its answer.
        RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, 2 * load.window());
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, TIMEOUT);
        Message message = RatisCounter.message(1, load.eventBytes());
        Recording recording;
        try (RaftClient client =
                RaftClient.newBuilder()
                        .setRaftGroup(RatisMember.group(port))
                        .setProperties(properties)
                        .build()) {
            recording = new Recording(load, TimeUnit.SECONDS.toNanos(moreWarmUpSeconds));
            new FutureLoop<>(() -> client.async().send(message), RatisClient::total)
                    .run(load.window(), recording);
        }
        load.write("ratis", recording.latencies());
        return 0;
    }

    private static long total(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
        return RatisCounter.numberOf(reply.getMessage().getContent().asReadOnlyByteBuffer());
    }
}
