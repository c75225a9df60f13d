package io.melin.client;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which server is next, and after which pause.
 *
 * <p>V1: a pause is drawn evenly from nothing to the ceiling of its round, and the ceiling of
 * consecutive rounds doubles up to its maximum. V2: each server of the list is tried once a round.
 */
final class ServerTurn {
    private final List<ServerAddress> servers;
    private final ReconnectConfig pauses;
    private final RandomGenerator random;
    private @Nullable ServerAddress named;
    private int index;
    private int failures;

    ServerTurn(List<ServerAddress> servers, ReconnectConfig pauses, RandomGenerator random) {
        this.servers = servers;
        this.pauses = pauses;
        this.random = random;
    }

    ServerAddress current() {
        return named != null ? named : servers.get(index);
    }

    /** Requests are served: the pauses start over. */
    void served() {
        failures = 0;
    }

    /** Whether one attempt failed since requests were served. */
    boolean isFirstFailure() {
        return failures == 1;
    }

    /** The pause before the next server, which becomes the current one. */
    long failed() {
        named = null;
        index = (index + 1) % servers.size();
        return pauseNs(failures++ / servers.size());
    }

    /** As {@link #failed} with the longest ceiling: somebody else uses our name. */
    long superseded() {
        failures = Math.max(failures, Integer.MAX_VALUE / 2);
        return failed();
    }

    /** Whether a node that is not the primary sends us anywhere else. */
    boolean canMove(String text) {
        ServerAddress primary = ServerAddress.read(text);
        return primary == null ? servers.size() > 1 : !primary.equals(current());
    }

    /**
     * The pause before the server that was named, or the next one; none for a first move.
     */
    long moved(String text) {
        ServerAddress primary = ServerAddress.read(text);
        boolean isFirst = failures == 0;
        long pauseNs = failed();
        named = primary;
        return isFirst ? 0 : pauseNs;
    }

    /** A pause after so many rounds. */
    long pauseNs(int rounds) {
        return random.nextLong(pauses.ceilingNs(rounds) + 1);
    }
}
