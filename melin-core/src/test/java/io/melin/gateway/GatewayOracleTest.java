package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Refusal;
import io.melin.gateway.AnswerReader.Answer;
import io.melin.testing.Seeds;
import io.melin.wire.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Many peers ask anything, the node is full, closed, slow or gone, threads are stepped in any order:
 * each request of a peer that stays is answered once, in order, with its own answer, and nothing is
 * left behind. Promises G1 of Egress, G2 of Session, G3 of Sessions, G4 of ChunkWriter, G5 of Intake.
 */
class GatewayOracleTest {
    private static final int STEPS = Integer.getInteger("melin.oracle.steps", 6_000);
    private static final int PEERS = 6;
    private static final int QUERIES = 3;

    @TestFactory
    Stream<DynamicTest> everyRequestIsAnsweredOnceInOrder() {
        return Seeds.each(GatewayOracleTest.class, (random, repro) -> new Run(random).run());
    }

    /** One history. */
    private static final class Run {
        private final Random random;
        private final Rig rig;
        private final List<OraclePeer> peers = new ArrayList<>();
        private final Map<Long, Integer> sent = new HashMap<>();
        private long answers;
        private long clients;
        private long connections;

        Run(Random random) {
            this.random = random;
            int window = 1 + random.nextInt(16);
            rig = new Rig(new GatewayLimits(PEERS, window, 1 << 18, 4 << 20, QUERIES));
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
                judge();
            }
            calm();
            judge();
            for (OraclePeer peer : peers) {
                if (peer.isLive() || peer.socket.peer.ended == Code.PROTOCOL) {
                    assertThat(peer.open()).as("requests without an answer").isZero();
                }
            }
            rig.node.takes.forEach((nonce, count) ->
                    assertThat(count).isLessThanOrEqualTo(sent.getOrDefault(nonce, 0)));
            assertThat(answers).isGreaterThan(STEPS / 20);
            nothingIsLeft();
        }

        private void step() {
            switch (random.nextInt(24)) {
                case 0 -> connect();
                case 1 -> world();
                case 2 -> disturb();
                case 3 -> rig.clock.pass(Duration.ofMillis(random.nextInt(20)));
                case 4, 5, 6, 7, 8, 9 -> ask();
                case 10, 11, 12, 13 -> rig.door.poll(rig.node, 1 + random.nextInt(64));
                case 14, 15, 16, 17 -> rig.application(1 + random.nextInt(8));
                case 18, 19 -> rig.node.deliver(rig.door, 1 + random.nextInt(8));
                case 20 -> rig.door.flush();
                default -> rig.response(1 + random.nextInt(8));
            }
        }

        private void connect() {
            long client = random.nextInt(4) == 0 ? 0 : ++clients;
            if (client > 1 && random.nextInt(10) == 0) {
                client = 1 + random.nextInt((int) client - 1);
            }
            OraclePeer peer = new OraclePeer(rig.transport.connect(), client, random, sent);
            peer.beginsAfter(1_000L * ++connections);
            peers.add(peer);
        }

        /** What the node allows. */
        private void world() {
            Refusal[] refusals = Refusal.values();
            Refusal refusal = refusals[random.nextInt(Refusal.NO_SPACE.ordinal() + 1)];
            switch (random.nextInt(6)) {
                case 0 -> rig.node.isFull = true;
                case 1 -> rig.node.refusal = refusal == Refusal.OVERLOADED ? null : refusal;
                case 2 -> rig.node.durable = rig.node.sequence();
                default -> {
                    rig.node.isFull = false;
                    rig.node.refusal = null;
                    rig.node.durable = Long.MAX_VALUE;
                }
            }
        }

        /** What a peer does beside asking. */
        private void disturb() {
            OraclePeer peer = anyone();
            if (peer == null) {
                return;
            }
            switch (random.nextInt(20)) {
                case 0 -> peer.leaves(true);
                case 1 -> peer.leaves(false);
                case 2 -> peer.violates();
                case 3, 4 -> {
                    peer.socket.room = random.nextInt(3_000);
                    peer.wasSlow = true;
                }
                case 5, 6, 7 -> peer.socket.readBytesMax = 1 + random.nextInt(40);
                case 8, 9 -> peer.socket.readBytesMax = 1 << 16;
                default -> peer.socket.room = Long.MAX_VALUE;
            }
        }

        private void ask() {
            OraclePeer peer = anyone();
            if (peer != null && peer.open() < 60) {
                peer.asks();
            }
        }

        private @Nullable OraclePeer anyone() {
            List<OraclePeer> live = peers.stream().filter(OraclePeer::isLive).toList();
            return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
        }

        private void judge() {
            for (OraclePeer peer : peers) {
                List<Answer> judged = peer.judge();
                answers += judged.size();
                boolean isDropped = peer.socket.end.isClosed && peer.socket.peer.ended == null;
                assertThat(isDropped && !peer.mayBeDropped()).isFalse();
            }
            peers.removeIf(peer -> peer.socket.end.isTold && !peer.hasViolated);
        }

        /** The node takes everything and peers read everything. */
        private void calm() {
            rig.node.isFull = false;
            rig.node.refusal = null;
            rig.node.durable = Long.MAX_VALUE;
            for (OraclePeer peer : peers) {
                peer.socket.room = Long.MAX_VALUE;
                peer.socket.readBytesMax = 1 << 16;
            }
            rig.door.flush();
            rig.pass(Duration.ofMillis(100));
        }

        private void nothingIsLeft() {
            assertThat(rig.door.inFlight()).isZero();
            assertThat(rig.transport.chunksInUse()).isZero();
            peers.forEach(peer -> peer.leaves(true));
            rig.settle();
            assertThat(rig.door.connections()).isZero();

            List<FakeSocket> fresh = new ArrayList<>();
            for (int i = 0; i < PEERS; i++) {
                fresh.add(rig.transport.connect());
            }
            assertThat(fresh).allMatch(socket -> socket.peer.readies == 1);
            for (int i = 1; i <= QUERIES; i++) {
                // One each: the window of a single peer may be smaller.
                fresh.get(i).sends(Probe.frame(1, Probe.QUERY, Probe.APPLIED, 1, 12, i));
                rig.ingress();
            }
            assertThat(rig.node.input).as("queries that were given back").hasSize(QUERIES);
            rig.settle();
            for (int i = 1; i <= QUERIES; i++) {
                assertThat(fresh.get(i).peer.answers).hasSize(1);
            }
        }
    }
}
