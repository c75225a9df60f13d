package io.melin.sample.exchange.load;

import java.util.SplittableRandom;

/** What one client is made of. Threading: that of its loop. */
final class ClientParts {
    private static final int SLOTS_MIN = 128;
    private static final int CLIENT_SHIFT = 48;
    private static final int RUN_SHIFT = 36;
    private static final long RUN_MASK = 0xFFF;

    private final LoadPlan plan;
    private final int client;
    private final Phases phases;
    private final Tally tally;
    private final FrameTape tape;
    private final Checker checker;
    private final Greeting greeting;
    private final SetUp setUp;
    private final OrderFlow flow;
    private final Pace pace;

    ClientParts(LoadPlan plan, int client, Phases phases, Tally tally) {
        this.plan = plan;
        this.client = client;
        this.phases = phases;
        this.tally = tally;
        Shape shape = plan.shape();
        Target target = plan.target();
        tape = new FrameTape(Math.max(SLOTS_MIN, 2 * shape.window()));
        checker = target.isEcho() ? new EchoChecker(tape) : new ExchangeChecker(tape);
        greeting = new Greeting(target.identity(), client);
        setUp = new SetUp(shape, client);
        if (!target.setsUp() || target.isEcho()) {
            setUp.skip();
        }
        SplittableRandom random = Draws.random(shape.flow(), shape.seed(), client);
        Market market = Market.of(shape.accounts(), shape.instruments());
        Draws draws = new Draws(random, shape.flow(), market);
        LiveOrders live = new LiveOrders(shape.liveOrders());
        flow = new OrderFlow(draws, live, shape.flow(), firstOrderId());
        pace = new Pace(shape, phases, client);
    }

    /** Apart from those of other clients, and most likely from those of other runs. */
    private long firstOrderId() {
        long run = plan.target().identity().client() & RUN_MASK;
        return (client + 1L) << CLIENT_SHIFT | run << RUN_SHIFT;
    }

    int client() {
        return client;
    }

    Phases phases() {
        return phases;
    }

    Tally tally() {
        return tally;
    }

    FrameTape tape() {
        return tape;
    }

    Checker checker() {
        return checker;
    }

    Greeting greeting() {
        return greeting;
    }

    SetUp setUp() {
        return setUp;
    }

    OrderFlow flow() {
        return flow;
    }

    Pace pace() {
        return pace;
    }

    int window() {
        return plan.shape().window();
    }

    /** The set-up is not measured, so it may be faster than the window says. */
    int setUpWindow() {
        return Math.max(window(), SLOTS_MIN / 2);
    }

    boolean isEcho() {
        return plan.target().isEcho();
    }

    boolean isOpenLoop() {
        return plan.shape().isOpenLoop();
    }

    boolean reconnects() {
        return plan.target().reconnects();
    }
}
