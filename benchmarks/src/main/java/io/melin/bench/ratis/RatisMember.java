package io.melin.bench.ratis;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.NetUtils;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The only member of a group. What is not said here is as Ratis has it: above all an entry does not
 * commit before its log was flushed to the disk.
 */
@CommandLine.Command(name = "ratis")
public final class RatisMember implements Callable<Integer> {
    private static final RaftPeerId MEMBER = RaftPeerId.valueOf("member");
    private static final UUID GROUP =
            UUID.nameUUIDFromBytes("group".getBytes(StandardCharsets.UTF_8));
    private static final long POLL_MS = 10;

    @Parameters(index = "0")
    private Path directory = Path.of("");

    public static void main(String[] arguments) {
        Forked.endWithParent();
        Logger.getLogger("org.apache.ratis").setLevel(Level.WARNING);
        System.exit(new CommandLine(new RatisMember()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int port = NetUtils.getFreePort();
        RaftGroup group = group(port);
        try (RaftServer server =
                RaftServer.newBuilder()
                        .setServerId(MEMBER)
                        .setGroup(group)
                        .setStateMachine(new RatisCounter())
                        .setProperties(properties(port))
                        .build()) {
            server.start();
            while (!server.getDivision(group.getGroupId()).getInfo().isLeaderReady()) {
                Thread.sleep(POLL_MS);
            }
            System.out.println("READY " + port);
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private RaftProperties properties(int port) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
        RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
        GrpcConfigKeys.Server.setPort(properties, port);
        return properties;
    }

    /** Of the member that listens there. */
    static RaftGroup group(int port) {
        RaftPeer member =
                RaftPeer.newBuilder().setId(MEMBER).setAddress("127.0.0.1:" + port).build();
        return RaftGroup.valueOf(RaftGroupId.valueOf(GROUP), member);
    }
}
