package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Well-behaved clients beside a hostile one, measured before and while it does its worst. They are
 * unharmed if they get every answer, none of them a refusal, and their p99 is at most ten times
 * what it was before, plus a second for a machine that others use too.
 */
final class Bystanders {
    static final int CONNECTIONS = 4;
    private static final double FACTOR = 10;
    private static final double SLACK_MS = 1_000;

    /** Each has so many answers at least, before and while. */
    private static final int ANSWERS_MIN = 20;

    private final InetSocketAddress address;
    private final @Nullable Signer signer;
    private long nextClient;

    Bystanders(InetSocketAddress address, long firstClient) {
        this(address, firstClient, null);
    }

    /**
     * @param signer for a node with authentication
     */
    Bystanders(InetSocketAddress address, long firstClient, @Nullable Signer signer) {
        this.address = address;
        this.nextClient = firstClient;
        this.signer = signer;
    }

    /** What a hostile peer does. */
    interface Attack {
        void run() throws Exception;
    }

    /** Runs the attack beside them, and checks that it did not matter to them. */
    void watch(String name, Attack attack) throws Exception {
        Latencies before = run(() -> {});
        Latencies during = run(attack);
        System.out.println(name + ": before " + before + "; during " + during);
        assertThat(during.ms(0.99)).isLessThan(before.ms(0.99) * FACTOR + SLACK_MS);
    }

    private Latencies run(Attack attack) throws Exception {
        Swarm.Plan plan = new Swarm.Plan(CONNECTIONS, 1, nextClient, signer);
        try (Swarm swarm = Swarm.start(address, plan)) {
            nextClient += CONNECTIONS;
            attack.run();
            swarm.awaitAnswers(ANSWERS_MIN);
            SwarmLink.Tally tally = swarm.finish();
            assertThat(tally.busy + tally.draining + tally.unanswered).isZero();
            return tally.latencies;
        }
    }

    /** A hostile connection that has identified itself. */
    RawClient hostile() throws IOException {
        return RawClient.ready(address, nextClient++);
    }
}
