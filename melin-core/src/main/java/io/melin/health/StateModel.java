package io.melin.health;

import static io.melin.health.NodeState.CATCHING_UP;
import static io.melin.health.NodeState.DRAINING;
import static io.melin.health.NodeState.FAILED;
import static io.melin.health.NodeState.FENCED;
import static io.melin.health.NodeState.POLICY_UNMET;
import static io.melin.health.NodeState.PROMOTED_WAITING;
import static io.melin.health.NodeState.PROMOTING;
import static io.melin.health.NodeState.RECOVERING;
import static io.melin.health.NodeState.REPLICA;
import static io.melin.health.NodeState.SERVING;
import static io.melin.health.NodeState.STARTING;

import io.melin.time.TimeSource;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The node's state and the only way to change it.
 *
 * <pre>
 * from               to
 * STARTING           RECOVERING DRAINING
 * RECOVERING         SERVING POLICY_UNMET CATCHING_UP PROMOTING FENCED DRAINING
 * SERVING            POLICY_UNMET FENCED DRAINING
 * POLICY_UNMET       SERVING FENCED DRAINING
 * CATCHING_UP        REPLICA PROMOTING DRAINING
 * REPLICA            CATCHING_UP PROMOTING DRAINING
 * PROMOTING          PROMOTED_WAITING CATCHING_UP REPLICA FENCED DRAINING
 * PROMOTED_WAITING   SERVING FENCED DRAINING
 * FENCED             DRAINING
 * DRAINING           -
 * FAILED             -
 * </pre>
 *
 * <p>S1: FAILED is entered from every state, and left only by {@link #reset}; whoever comes after
 * it changes nothing. S2: no other edge than the table's is ever taken. S3: a change is logged
 * once, and every listener hears every change in the order in which they happened.
 *
 * <p>Threading: any control thread changes it, under its lock; reads are volatile and wait for
 * nobody.
 */
public final class StateModel implements StateView {
    private static final Logger LOG = System.getLogger(StateModel.class.getName());
    private static final Map<NodeState, Set<NodeState>> EDGES = edges();

    private final TimeSource time;
    private final List<StateListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<StateChange> untold = new ArrayDeque<>();
    private boolean telling;
    private volatile StateChange current;

    public StateModel(TimeSource time) {
        this.time = time;
        this.current = change(null, STARTING, "created", null);
    }

    /** Whether the table has the edge; true for FAILED from every other state. */
    public static boolean isAllowed(NodeState from, NodeState next) {
        Set<NodeState> targets = EDGES.get(from);
        return targets != null && targets.contains(next);
    }

    /**
     * Changes the state.
     *
     * <p>Returns whether it did: false if the node is in {@code next} already, or has failed (S1).
     * Fails: {@link AssertionError} for an edge that the table does not have (S2); the state stays.
     */
    public boolean enter(NodeState next, String reason) {
        return enter(next, reason, null);
    }

    /**
     * Changes the state only if it still is {@code expected}: for monitors, which race with a stop.
     *
     * <p>Returns whether it did. Fails: as {@link #enter}.
     */
    public synchronized boolean enterFrom(NodeState expected, NodeState next, String reason) {
        return current.state() == expected && enter(next, reason);
    }

    /** Fails the node for good; the first failure is the one that stays. */
    public boolean fail(String reason, @Nullable Throwable cause) {
        return enter(FAILED, reason, cause);
    }

    /**
     * Begins a new run of a node that was stopped or has failed.
     *
     * <p>Fails: {@link AssertionError} in any other state.
     */
    public synchronized void reset() {
        NodeState from = current.state();
        if (from != DRAINING && from != FAILED) {
            throw new AssertionError("reset of a node that still runs: state=" + from);
        }
        change(STARTING, "restarted", null, Logger.Level.INFO);
    }

    @Override
    public StateChange current() {
        return current;
    }

    @Override
    public void onChange(StateListener listener) {
        listeners.add(listener);
    }

    private synchronized boolean enter(NodeState next, String reason, @Nullable Throwable cause) {
        NodeState from = current.state();
        if (from == FAILED) {
            if (cause != null) { // not told: it did not change anything; but never lost
                LOG.log(Logger.Level.ERROR, "a failure after the failure: reason=" + reason, cause);
            }
            return false;
        }
        if (from == next) {
            return false;
        }
        if (!isAllowed(from, next)) {
            throw new AssertionError(
                    "illegal state change: from=" + from + ", to=" + next + ", reason=" + reason);
        }
        change(next, reason, cause, severity(next));
        return true;
    }

    private void change(
            NodeState next, String reason, @Nullable Throwable cause, Logger.Level severity) {
        StateChange before = current;
        StateChange after = change(before.state(), next, reason, cause);
        current = after;
        long heldMs = (after.sinceTickerNs() - before.sinceTickerNs()) / 1_000_000;
        String message =
                "node state: from="
                        + before.state()
                        + ", to="
                        + next
                        + ", heldMs="
                        + heldMs
                        + ", reason="
                        + reason;
        LOG.log(severity, message, cause);
        untold.add(after);
        tell();
    }

    /** A change made by a listener waits in the queue until the one before it is told to all. */
    private void tell() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            StateChange change;
            while ((change = untold.poll()) != null) {
                for (StateListener listener : listeners) {
                    tell(listener, change);
                }
            }
        } finally {
            telling = false;
        }
    }

    private static void tell(StateListener listener, StateChange change) {
        try {
            listener.changed(change);
        } catch (RuntimeException | Error e) {
            // A listener belongs to someone else: it may not undo the change, nor keep FAILED from
            // those who wait for it.
            LOG.log(Logger.Level.ERROR, "state listener failed: state=" + change.state(), e);
        }
    }

    private StateChange change(
            @Nullable NodeState previous,
            NodeState state,
            String reason,
            @Nullable Throwable cause) {
        return new StateChange(previous, state, reason, time.epochNs(), time.tickerNs(), cause);
    }

    private static Logger.Level severity(NodeState next) {
        return switch (next) {
            case FAILED -> Logger.Level.ERROR;
            case POLICY_UNMET, FENCED -> Logger.Level.WARNING;
            case STARTING,
                    RECOVERING,
                    SERVING,
                    CATCHING_UP,
                    REPLICA,
                    PROMOTING,
                    PROMOTED_WAITING,
                    DRAINING ->
                    Logger.Level.INFO;
        };
    }

    private static Map<NodeState, Set<NodeState>> edges() {
        Map<NodeState, Set<NodeState>> edges = new EnumMap<>(NodeState.class);
        edges.put(STARTING, EnumSet.of(RECOVERING, DRAINING));
        edges.put(
                RECOVERING,
                EnumSet.of(SERVING, POLICY_UNMET, CATCHING_UP, PROMOTING, FENCED, DRAINING));
        edges.put(SERVING, EnumSet.of(POLICY_UNMET, FENCED, DRAINING));
        edges.put(POLICY_UNMET, EnumSet.of(SERVING, FENCED, DRAINING));
        edges.put(CATCHING_UP, EnumSet.of(REPLICA, PROMOTING, DRAINING));
        edges.put(REPLICA, EnumSet.of(CATCHING_UP, PROMOTING, DRAINING));
        edges.put(PROMOTING, EnumSet.of(PROMOTED_WAITING, CATCHING_UP, REPLICA, FENCED, DRAINING));
        edges.put(PROMOTED_WAITING, EnumSet.of(SERVING, FENCED, DRAINING));
        edges.put(FENCED, EnumSet.of(DRAINING));
        edges.put(DRAINING, EnumSet.noneOf(NodeState.class));
        edges.values().forEach(targets -> targets.add(FAILED));
        return edges;
    }
}
