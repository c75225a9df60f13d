package io.melin.sample.exchange.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection of the load: greets, sets its share up, waits for the others, and then sends as
 * the pace and the window allow, until all is answered or the connection is given up.
 *
 * <p>Threading: one, that of its loop.
 */
final class Client implements Link.Frames {
    private enum State {
        SETTING_UP,
        WAITING,
        FLOWING,
        CLOSING,
        DONE,
        DEAD
    }

    private final ClientParts parts;
    private final Phases phases;
    private final Tally tally;
    private final Link link;
    private final FrameTape tape;
    private final Checker checker;
    private final Greeting greeting;
    private final Retry retry;
    private State state = State.SETTING_UP;
    private long nowNs;

    Client(ClientParts parts, Link.Factory links) {
        this.parts = parts;
        phases = parts.phases();
        tally = parts.tally();
        tape = parts.tape();
        checker = parts.checker();
        greeting = parts.greeting();
        retry = new Retry(phases.timing().timeoutNs());
        link = links.open(this);
    }

    /** Begins to connect. */
    void open(long nowNs) {
        try {
            retry.begun(nowNs);
            link.open();
            connected();
        } catch (IOException | RuntimeException e) {
            lost("cannot connect: " + e, nowNs);
        }
    }

    /** How many answers it has got. */
    long progress() {
        return tape.answered();
    }

    /** Whether it is ready, or more, so that only others can be waited for. */
    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isOver() {
        return state == State.DONE || state == State.DEAD;
    }

    /** The socket can be read, written or is connected. */
    void onReady(ByteBuffer shared) {
        nowNs = System.nanoTime();
        try {
            if (!link.isConnected()) {
                if (link.finish()) {
                    connected();
                }
                return;
            }
            if (!link.read(shared, this)) {
                lost("the server closed the connection", nowNs);
            }
        } catch (IOException e) {
            lost((link.isConnected() ? "the connection is lost: " : "cannot connect: ") + e, nowNs);
        }
        step(nowNs);
    }

    private void connected() throws IOException {
        if (link.isConnected() && parts.isEcho()) {
            greeting.skip();
            greeted();
        }
    }

    /** Does what is due; to be called often. */
    void step(long nowNs) {
        if (isOver()) {
            return;
        }
        if (!link.isOpen()) {
            if (retry.isDue(nowNs)) {
                open(nowNs);
            }
            return;
        }
        try {
            if (greeting.isDone()) {
                advance(nowNs);
                beatIfSilent(nowNs);
            }
            if (link.isConnected()) {
                link.write(tape, greeting.isDone(), nowNs);
            }
        } catch (IOException e) {
            lost("the connection is lost: " + e, nowNs);
        }
    }

    private void advance(long nowNs) throws IOException {
        switch (state) {
            case SETTING_UP -> setUp(nowNs);
            case WAITING -> await();
            case FLOWING -> flow(nowNs);
            case CLOSING -> close(nowNs);
            case DONE, DEAD -> {}
        }
    }

    private void setUp(long nowNs) {
        boolean hasMore = tape.fill(parts.setUp());
        launch(tape.answered() + parts.setUpWindow(), nowNs);
        if (!hasMore && tape.answered() == tape.generated() && !parts.setUp().isPending()) {
            state = State.WAITING;
            phases.ready();
        }
    }

    private void await() {
        tape.fill(parts.flow());
        if (phases.isStarted()) {
            parts.pace().start(tape.launched() + 1);
            state = State.FLOWING;
        }
    }

    private void flow(long nowNs) throws IOException {
        if (nowNs - phases.startNs() < 0) {
            return;
        }
        Pace pace = parts.pace();
        long due = pace.due(nowNs);
        launch(Math.min(due, tape.answered() + parts.window()), nowNs);
        if (due > tape.launched()) {
            pace.blocked(nowNs);
        }
        link.write(tape, true, nowNs);
        tape.fill(parts.flow());
        boolean isEnd = nowNs - phases.measureEndNs() >= 0;
        boolean isCut = nowNs - phases.launchEndNs() >= 0;
        if (isEnd && (!parts.isOpenLoop() || isCut || tape.launched() >= pace.last())) {
            parts.flow().close();
            state = State.CLOSING;
        }
    }

    private void close(long nowNs) {
        boolean isCut = nowNs - phases.launchEndNs() >= 0;
        boolean hasMore = !isCut && tape.fill(parts.flow());
        if (!isCut) {
            launch(tape.answered() + parts.window(), nowNs);
        }
        if (tape.inFlight() == 0 && !hasMore && (isCut || tape.generated() == tape.launched())) {
            state = State.DONE;
            link.close();
        }
    }

    /** Launches what is generated, up to a number. */
    private void launch(long upTo, long nowNs) {
        long end = Math.min(upTo, tape.generated());
        boolean isFlow = state == State.FLOWING;
        while (tape.launched() < end) {
            long request = tape.launched() + 1;
            long from = isFlow ? parts.pace().countedFrom(request, nowNs) : nowNs;
            if (isFlow && phases.isMeasured(from)) {
                tally.add(Count.SENT, 1);
                tally.add(Count.LATE, parts.pace().isOwnFault(request, nowNs) ? 1 : 0);
            }
            tape.launch(from);
        }
    }

    @Override
    public boolean take(ByteBuffer body) {
        if (!greeting.isDone()) {
            return greet(body);
        }
        Outcome outcome = checker.judge(body);
        switch (outcome) {
            case OPEN -> {}
            case ANSWERED, REJECTED, BUSY, FAILED -> ended(outcome);
            case LOST -> lost(checker.fault(), nowNs);
            case WRONG -> die(checker.fault());
        }
        return link.isOpen();
    }

    private boolean greet(ByteBuffer body) {
        switch (greeting.take(body, link.control())) {
            case ANSWERED -> greeted();
            case LOST -> lost(greeting.fault(), nowNs);
            case WRONG -> die(greeting.fault());
            default -> {}
        }
        return link.isOpen();
    }

    private void greeted() {
        if (retry.isFirst()) {
            tape.startBehind(greeting.highest());
        } else {
            tally.add(Count.RECONNECTS, 1);
            checker.restart();
            tape.rewind();
        }
        retry.succeeded();
    }

    private void ended(Outcome outcome) {
        long request = tape.answered() + 1;
        long from = tape.timeNs(request);
        tape.release();
        tally.add(Count.PROGRESS, 1);
        tally.add(Count.REPEATED, checker.isRepeat() ? 1 : 0);
        if (outcome == Outcome.FAILED) {
            tally.fault(checker.fault());
        }
        if (state == State.SETTING_UP) {
            parts.setUp().ended(request, outcome);
            if (outcome == Outcome.FAILED) {
                die("the set-up failed");
            }
            return;
        }
        if (outcome != Outcome.BUSY && phases.isMeasured(nowNs)) {
            tally.add(Count.COMPLETED, 1);
        }
        if (phases.isMeasured(from)) {
            measured(outcome, nowNs - from);
        }
    }

    private void measured(Outcome outcome, long latencyNs) {
        tally.add(Count.ANSWERED, 1);
        tally.add(Count.REJECTED, outcome == Outcome.REJECTED ? 1 : 0);
        tally.add(Count.BUSY, outcome == Outcome.BUSY ? 1 : 0);
        if (outcome != Outcome.BUSY) {
            tally.latency(latencyNs);
        }
    }

    private void beatIfSilent(long nowNs) {
        long silentNs = nowNs - link.lastWriteNs();
        if (silentNs > greeting.idleMs() * 1_000_000L / 3 && !parts.isEcho()) {
            link.heartbeat();
        }
    }

    private void lost(String why, long nowNs) {
        if (state == State.DEAD) {
            return;
        }
        link.close();
        greeting.restart();
        if (!parts.reconnects()) {
            die(why);
        } else if (!retry.later(nowNs)) {
            die("not reachable any more, last: " + why);
        }
    }

    private void die(String why) {
        link.close();
        state = State.DEAD;
        tally.fault("client " + parts.client() + ": " + why);
        if (!phases.isStarted()) {
            phases.abort();
        }
    }

    /** The run is over: what has no answer by now never gets one. */
    void finish(long nowNs) {
        link.close();
        tally.add(Count.MISSING, tape.inFlight());
        if (!parts.isOpenLoop() || !phases.isStarted()) {
            return;
        }
        for (long request = tape.launched() + 1; request <= parts.pace().last(); request++) {
            long from = parts.pace().scheduled(request);
            if (phases.isMeasured(from)) {
                tally.add(Count.UNSENT, 1);
                tally.latency(nowNs - from);
            }
        }
    }
}
