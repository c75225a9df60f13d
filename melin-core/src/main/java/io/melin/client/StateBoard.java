package io.melin.client;

import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The client's state, to look at and to wait for. Threading: any; its own lock. */
final class StateBoard {
    private final TimeSource time;
    private ClientState state = ClientState.CONNECTING;
    private String detail = "not connected yet";

    StateBoard(TimeSource time) {
        this.time = time;
    }

    /** Loop: a new state; closed is the last one. */
    synchronized void set(ClientState next) {
        if (state != ClientState.CLOSED) {
            state = next;
            notifyAll();
        }
    }

    /** Loop: a new state, and what led to it. */
    synchronized void set(ClientState next, String why) {
        detail = why;
        set(next);
    }

    synchronized ClientState state() {
        return state;
    }

    /** Why the last attempt to connect failed. */
    synchronized String detail() {
        return detail;
    }

    synchronized void awaitReady(Duration timeout) {
        long deadlineNs = time.tickerNs() + TimeUnit.NANOSECONDS.convert(timeout);
        while (state != ClientState.READY) {
            long leftNs = deadlineNs - time.tickerNs();
            if (state == ClientState.CLOSED || leftNs <= 0) {
                throw new MelinClientException(null, "not ready: " + state + ", " + detail, null);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MelinClientException(null, "interrupted while not ready", e);
            }
        }
    }
}
