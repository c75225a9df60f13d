package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.testing.Seeds;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random histories of {@link QueuedClient}, its {@link Calls} and a gateway that loses connections at
 * any byte, refuses, sends garbage and answers late. Whatever happens: each future ends once (C2,
 * L1), nothing is applied twice (C3), a success was applied and its result is the gateway's, a
 * refusal was not applied (M1 of {@link Answers}), and without refusals the order of submits is the
 * order of the application (L2).
 */
class ClientOracleTest {

    @TestFactory
    Stream<DynamicTest> everyRequestEndsOnceAndTruly() {
        return Seeds.each(
                getClass(),
                (random, repro) -> {
                    for (int round = 0; round < 60; round++) {
                        new History(new Random(random.nextLong()), repro).run();
                    }
                });
    }

    private record Submit(long value, long number, CompletableFuture<MelinResult<Long>> future) {}

    private static final class History {
        private final Random random;
        private final String repro;
        private final boolean isNamed;
        private final boolean hasRefusals;
        private final Bench bench;
        private final List<Submit> submits = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private final List<Submit> unknown = new ArrayList<>();
        private byte[] toServer = {};
        private byte[] toClient = {};
        private FakeGateway.@Nullable Peer peer;
        private long nextValue = 1;

        History(Random random, String repro) {
            this.random = random;
            this.repro = repro;
            this.isNamed = random.nextInt(4) > 0;
            this.hasRefusals = random.nextBoolean();
            ClientConfig config =
                    Bench.config()
                            .withIdentity(isNamed ? ClientIdentity.of(9) : ClientIdentity.none())
                            .withRetriesRefusals(random.nextBoolean())
                            .withLimits(ClientLimits.DEFAULT.withWindow(1 + random.nextInt(20)));
            this.bench = new Bench(config, random);
            bench.gateway.window = 1 + random.nextInt(30);
            bench.gateway.startAt(random.nextInt(3) * 700);
            if (hasRefusals) {
                bench.gateway.refusal = this::refusal;
            }
        }

        private @Nullable Code refusal(long value) {
            List<Code> codes =
                    Arrays.asList(
                            Code.OVERLOADED,
                            Code.POLICY_UNMET,
                            Code.NOT_PRIMARY,
                            Code.FENCED,
                            Code.FORBIDDEN,
                            Code.QUERY_FAILED,
                            Code.TOO_LARGE);
            bench.gateway.text = random.nextBoolean() ? "" : "node" + random.nextInt(3) + ":7300";
            return random.nextInt(4) == 0 ? codes.get(random.nextInt(codes.size())) : null;
        }

        void run() {
            for (int i = 0; i < 600; i++) {
                act();
            }
            heal();
            bench.client.session().end("over");
            bench.client.callbacks().drain();
            check();
        }

        private void act() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> submit();
                case 4 -> resubmit();
                case 5, 6 -> step();
                case 7, 8, 9 -> toServer();
                case 10, 11, 12 -> toClient();
                case 13 -> bench.time.advanceMs(random.nextInt(30));
                case 14 -> {
                    if (random.nextInt(6) == 0) {
                        cut();
                    }
                }
                default -> rare();
            }
        }

        private void rare() {
            switch (random.nextInt(8)) {
                case 0 -> garbage();
                case 1 -> bench.time.advanceMs(random.nextInt(4_000));
                case 2 -> bench.transport.hasRoom = !bench.transport.hasRoom;
                case 3 -> bench.gateway.answers = !bench.gateway.answers || !isNamed;
                default -> step();
            }
        }

        private void submit() {
            long value = random.nextInt(50) == 0 ? 0 : nextValue++;
            boolean isOwn = isNamed && random.nextInt(4) == 0 && isKnown();
            if (value == 0) {
                value = isNamed ? -3 * nextValue++ : nextValue++; // no reports
            }
            long number = isOwn ? bench.client.reserveNumber() : 0;
            CompletableFuture<MelinResult<Long>> future =
                    isOwn ? bench.client.submit(value, number) : bench.submit(value);
            note(new Submit(value, number, future));
        }

        private boolean isKnown() {
            return bench.client.state() == ClientState.READY;
        }

        private void resubmit() {
            if (unknown.isEmpty()) {
                return;
            }
            Submit old = unknown.get(random.nextInt(unknown.size()));
            note(
                    new Submit(
                            old.value(),
                            old.number(),
                            bench.client.submit(old.value(), old.number())));
        }

        private void note(Submit submit) {
            int index = submits.size();
            submits.add(submit);
            submit.future()
                    .whenComplete((result, failure) -> {
                        ends.add(index);
                        if (failure instanceof MelinUnknownOutcomeException e
                                && e.id() instanceof EventId.Numbered id) {
                            unknown.add(new Submit(submit.value(), id.request(), submit.future()));
                        }
                    });
        }

        private void step() {
            bench.step();
            if (!bench.isConnected()) {
                toServer = new byte[0];
                toClient = new byte[0];
                peer = null;
            } else if (bench.peer() != peer) {
                peer = bench.peer();
                toServer = new byte[0];
                toClient = new byte[0];
            }
            toServer = join(toServer, bench.transport.take());
        }

        private void toServer() {
            step();
            FakeGateway.Peer to = peer;
            if (to != null) {
                int count = part(toServer.length);
                to.onBytes(ByteBuffer.wrap(Arrays.copyOf(toServer, count)));
                toServer = Arrays.copyOfRange(toServer, count, toServer.length);
            }
        }

        private void toClient() {
            step();
            FakeGateway.Peer from = peer;
            if (from != null) {
                toClient = join(toClient, from.take());
                int count = part(toClient.length);
                byte[] bytes = Arrays.copyOf(toClient, count);
                toClient = Arrays.copyOfRange(toClient, count, toClient.length);
                bench.give(bytes);
                if (bench.isConnected() && from.isClosed() && toClient.length == 0) {
                    cut();
                }
            }
        }

        private int part(int length) {
            return random.nextInt(3) == 0 ? length : random.nextInt(length + 1);
        }

        private void garbage() {
            step();
            if (peer != null && toClient.length == 0) {
                byte[] bytes = new byte[6 + random.nextInt(40)];
                random.nextBytes(bytes);
                bytes[3] = (byte) (random.nextBoolean() ? -1 : 0);
                bench.give(random.nextBoolean() ? bytes : endOutOfTurn());
                if (bench.isConnected()) {
                    cut();
                }
            }
        }

        /** A whole END, of a number that nobody waits for now. */
        private byte[] endOutOfTurn() {
            ByteBuffer frame =
                    ByteBuffer.allocate(EndFrame.FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            EndFrame.write(frame, 1_000_000 + random.nextInt(9), 1, 1, false);
            return frame.array();
        }

        private void cut() {
            bench.cut("cut");
            step();
        }

        private static byte[] join(byte[] head, byte[] tail) {
            byte[] all = Arrays.copyOf(head, head.length + tail.length);
            System.arraycopy(tail, 0, all, head.length, tail.length);
            return all;
        }

        /** Everybody is well again, long enough for everything to end. */
        private void heal() {
            bench.gateway.answers = true;
            bench.gateway.refusal = value -> null;
            bench.transport.hasRoom = true;
            cut();
            for (int i = 0; i < 10; i++) {
                bench.passPause();
                step();
                peer = null;
                bench.settle();
            }
            for (Submit submit : submits) {
                assertThat(submit.future()).as("healed: %s, %s", submit, repro).isDone();
            }
        }

        private void check() {
            assertThat(new HashSet<>(ends)).as(repro).hasSameSizeAs(ends).hasSameSizeAs(submits);
            List<Long> applied = bench.gateway.order;
            assertThat(applied).as("C3: twice: %s", repro).doesNotHaveDuplicates();
            List<Long> inOrder = new ArrayList<>();
            for (Submit submit : submits) {
                boolean isApplied = applied.contains(submit.value());
                Object end = end(submit.future());
                String what = submit + " ended in " + end + ": " + repro;
                if (end instanceof MelinResult<?> result) {
                    checkResult(submit, result, what);
                    if (submit.number() == 0) {
                        inOrder.add(submit.value());
                    }
                } else if (end instanceof MelinRefusedException refused) {
                    boolean isConflict = refused.refusal() == Refusal.ID_CONFLICT;
                    assertThat(isConflict || isApplied).as(what).isFalse();
                } else {
                    assertThat(end)
                            .as(what)
                            .isInstanceOfAny(
                                    MelinUnknownOutcomeException.class,
                                    EventRejectedException.class,
                                    MelinClientException.class);
                }
            }
            if (!hasRefusals) {
                List<Long> places = new ArrayList<>(inOrder);
                places.sort((a, b) -> Integer.compare(applied.indexOf(a), applied.indexOf(b)));
                assertThat(places).as("L2: %s", repro).isEqualTo(inOrder);
            }
        }

        /** The result, or what it failed with. */
        private static Object end(CompletableFuture<MelinResult<Long>> future) {
            return future.isCompletedExceptionally()
                    ? ClientSessionTest.causeOf(future)
                    : future.join();
        }

        private void checkResult(Submit submit, MelinResult<?> result, String what) {
            long value = submit.value();
            int index = bench.gateway.order.indexOf(value);
            assertThat(result.sequence()).as(what).isEqualTo(index + 1);
            assertThat(result.reports())
                    .as(what)
                    .isEqualTo(Collections.nCopies((int) Math.max(0, value % 3), value));
        }
    }
}
