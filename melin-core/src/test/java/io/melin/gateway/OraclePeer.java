package io.melin.gateway;

import io.melin.gateway.AnswerReader.Answer;
import io.melin.wire.Code;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A peer that knows what it asked, and judges what it is answered. */
final class OraclePeer {
    /** What a node may say to anything that it would have to take. */
    private static final Set<Code> NOT_NOW =
            EnumSet.of(
                    Code.OVERLOADED,
                    Code.NOT_PRIMARY,
                    Code.POLICY_UNMET,
                    Code.FENCED,
                    Code.DRAINING,
                    Code.NO_SPACE);

    /**
     * A request that was sent.
     *
     * @param wrong the only code it can end with unless it is not taken; null ends it with END
     * @param isTaken whether it goes through the node at all
     */
    private record Asked(
            long number,
            @Nullable Code wrong,
            boolean isTaken,
            boolean isRepeat,
            Reports reports) {}

    /** The reports that END must follow; a negative count for anything. */
    private record Reports(int count, int bytes, long nonce) {
        static final Reports ANY = new Reports(-1, 0, 0);
    }

    /** What was sent under a number before. */
    private record Sent(Reports reports, byte kind) {}

    final FakeSocket socket;
    final long client;
    boolean wasSlow;
    boolean hasViolated;
    private final Random random;
    private final Map<Long, Integer> sent;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final Map<Long, Sent> numbers = new HashMap<>();
    private boolean hasLeft;
    private long next;

    /**
     * @param sent how often each event was sent, by its nonce
     */
    OraclePeer(FakeSocket socket, long client, Random random, Map<Long, Integer> sent) {
        this.socket = socket;
        this.client = client;
        this.random = random;
        this.sent = sent;
        if (client != 0) {
            socket.sends(Rig.identify(client));
        }
    }

    /** The numbers that it uses, so that two connections of a client share none. */
    void beginsAfter(long number) {
        next = number;
    }

    boolean isLive() {
        return !socket.isOver() && !hasViolated;
    }

    void leaves(boolean atOnce) {
        hasLeft = true;
        if (atOnce) {
            socket.close();
        } else {
            socket.end.isPeerClosed = true;
        }
    }

    /** Whoever reads and keeps the rules is never closed without a word. */
    boolean mayBeDropped() {
        return hasLeft || wasSlow || hasViolated;
    }

    int open() {
        return asked.size();
    }

    /** Sends one request of any kind. */
    void asks() {
        long number = ++next;
        switch (random.nextInt(16)) {
            case 0 -> wrong(Probe.malformed(number), number, Code.MALFORMED);
            case 1 -> wrong(request(number, Probe.FORBIDDEN), number, Code.FORBIDDEN);
            case 2 -> wrong(request(number, Probe.NOBODYS), number, Code.UNKNOWN_TAG);
            case 3 -> wrong(request(number, Probe.THROWING_DECODER), number, Code.MALFORMED);
            case 4 -> socket.sends(request(number, Probe.IGNORED));
            case 5 -> query(number, Probe.QUERY, null);
            case 6 -> query(number, Probe.THROWING_QUERY, Code.QUERY_FAILED);
            case 7 -> query(number, Probe.HALF_QUERY, Code.QUERY_FAILED);
            case 8 -> highest(number);
            case 9 -> event(number, Probe.REJECTED, Code.REJECTED);
            case 10 -> event(number, Probe.UNSPEAKABLE, Code.UNKNOWN_OUTCOME);
            case 11 -> event(0, Probe.APPLIED, null);
            case 12 -> again(number - random.nextInt(20));
            case 13 -> socket.sends(RawClient.request(0, Tag.HEARTBEAT, new byte[0]));
            default -> event(number, Probe.APPLIED, null);
        }
    }

    /** Sends what is no frame, or one that no request can be. */
    void violates() {
        int[] lengths = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 8, 1 << 20};
        int length = lengths[random.nextInt(lengths.length)];
        ByteBuffer frame = RawClient.buffer(length == 8 ? 12 : 4).putInt(length);
        frame.position(frame.limit());
        socket.sends(frame);
        hasViolated = true;
    }

    private static ByteBuffer request(long number, byte tag) {
        return Probe.frame(number, tag, Probe.APPLIED, 1, Probe.REPORT_BYTES_MIN, number);
    }

    private void wrong(ByteBuffer frame, long number, Code code) {
        socket.sends(frame);
        asked.add(new Asked(number, code, false, false, Reports.ANY));
    }

    private void query(long number, byte tag, @Nullable Code wrong) {
        int bytes = Probe.REPORT_BYTES_MIN + random.nextInt(9_000);
        Reports reports = new Reports(random.nextInt(4), bytes, random.nextLong());
        socket.sends(frame(number, tag, Probe.APPLIED, reports));
        asked.add(new Asked(number, wrong, true, false, wrong == null ? reports : Reports.ANY));
    }

    private void highest(long number) {
        socket.sends(RawClient.request(number, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));
        asked.add(new Asked(number, null, true, false, Reports.ANY));
    }

    private void event(long number, byte kind, @Nullable Code wrong) {
        int bytes = Probe.REPORT_BYTES_MIN + random.nextInt(random.nextInt(8) == 0 ? 9_000 : 60);
        Reports reports = new Reports(random.nextInt(4), bytes, random.nextLong());
        send(number, kind, reports, wrong);
    }

    /** A number that was used before, with the same payload or another. */
    private void again(long number) {
        Sent first = numbers.get(number);
        if (first == null || random.nextInt(3) == 0) {
            event(number, Probe.APPLIED, null);
        } else {
            Code wrong = first.kind() == Probe.REJECTED ? Code.REJECTED : null;
            send(number, first.kind(), first.reports(), unspeakable(first, wrong));
        }
    }

    private static @Nullable Code unspeakable(Sent first, @Nullable Code wrong) {
        return first.kind() == Probe.UNSPEAKABLE ? Code.UNKNOWN_OUTCOME : wrong;
    }

    private void send(long number, byte kind, Reports reports, @Nullable Code wrong) {
        boolean isRepeat = client != 0 && number != 0 && numbers.containsKey(number);
        numbers.putIfAbsent(number, new Sent(reports, kind));
        sent.merge(reports.nonce(), 1, Integer::sum);
        socket.sends(frame(number, Probe.EVENT, kind, reports));
        boolean hasNoReports = kind == Probe.UNSPEAKABLE && reports.count() == 0;
        Code code = hasNoReports ? null : wrong;
        asked.add(new Asked(number, code, true, isRepeat, code == null ? reports : Reports.ANY));
    }

    private static ByteBuffer frame(long number, byte tag, byte kind, Reports reports) {
        return Probe.frame(number, tag, kind, reports.count(), reports.bytes(), reports.nonce());
    }

    /** Compares what came with what was asked: each request once, in order, with its own answer. */
    List<Answer> judge() {
        List<Answer> judged = new ArrayList<>(socket.peer.answers);
        socket.peer.answers.clear();
        for (Answer answer : judged) {
            Asked request = asked.poll();
            if (request == null) {
                throw new AssertionError("an answer that nobody asked for: " + answer);
            }
            if (answer.request() != request.number() || !isRight(answer, request)) {
                throw new AssertionError("asked " + request + ", answered " + answer);
            }
        }
        return judged;
    }

    private static boolean isRight(Answer answer, Asked request) {
        Code code = answer.code();
        if (answer.isDuplicate() && !request.isRepeat()) {
            return false;
        }
        if (request.isTaken() && code != null && NOT_NOW.contains(code)) {
            return true;
        }
        if (request.isRepeat() && code == Code.ID_CONFLICT) {
            return true;
        }
        return code == request.wrong() && (code != null || isComplete(answer, request.reports()));
    }

    private static boolean isComplete(Answer answer, Reports reports) {
        if (reports.count() < 0) {
            return true;
        }
        if (answer.reports().size() != reports.count()) {
            return false;
        }
        for (int i = 0; i < reports.count(); i++) {
            byte[] expected = Probe.report(reports.bytes(), reports.nonce(), i);
            if (!Arrays.equals(answer.reports().get(i), expected)) {
                return false;
            }
        }
        return true;
    }
}
