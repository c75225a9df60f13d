package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.health.Liveness;
import io.melin.health.NodeState;
import io.melin.health.Readiness;
import io.melin.health.StateView;
import java.util.concurrent.Executor;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * Keeps Boot's readiness and liveness in step with the node.
 *
 * <p>A1: while the node does not serve, the last word on readiness is REFUSING: Boot's own
 * ACCEPTING at the end of a start is answered. A2: ACCEPTING is published only to take back a
 * refusal of ours, and only if everyone else accepts. A3: BROKEN follows FAILED and nothing else.
 *
 * <p>Threading: decisions are made one at a time by {@code control}, from the state at that moment,
 * so the last one is right whatever the order in which changes were heard of.
 */
final class AvailabilityReporter implements ApplicationListener<AvailabilityChangeEvent<?>> {
    private final StateView node;
    private final ApplicationEventPublisher events;
    private final Executor control;
    private volatile boolean stopping;
    private boolean othersAccept;
    private boolean refused;
    private boolean broken;

    AvailabilityReporter(StateView node, ApplicationEventPublisher events, Executor control) {
        this.node = node;
        this.events = events;
        this.control = control;
        node.onChange(change -> control.execute(this::report));
    }

    /** Says REFUSING before the node begins to drain, so that no new request is sent here. */
    void beforeStop() {
        stopping = true;
        publish(ReadinessState.REFUSING_TRAFFIC);
        control.execute(() -> refused = true);
    }

    /** From here on the state of the node counts again. */
    void beforeStart() {
        stopping = false;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (event.getSource() != this && event.getState() instanceof ReadinessState state) {
            control.execute(() -> heard(state == ReadinessState.ACCEPTING_TRAFFIC));
        }
    }

    private void heard(boolean accepts) {
        othersAccept = accepts;
        if (accepts) {
            refused = false; // theirs is the last word so far
        }
        report();
    }

    private void report() {
        NodeState state = node.state();
        boolean isBroken = state.liveness() == Liveness.BROKEN;
        if (isBroken != broken) {
            broken = isBroken;
            publish(isBroken ? LivenessState.BROKEN : LivenessState.CORRECT);
        }
        boolean refuses = stopping || state.readiness(false) == Readiness.REFUSING;
        if (refuses && !refused) {
            refused = true;
            publish(ReadinessState.REFUSING_TRAFFIC);
        } else if (!refuses && refused) {
            refused = false;
            if (othersAccept) {
                publish(ReadinessState.ACCEPTING_TRAFFIC);
            }
        }
    }

    private void publish(AvailabilityState state) {
        AvailabilityChangeEvent.publish(events, this, state);
    }
}
