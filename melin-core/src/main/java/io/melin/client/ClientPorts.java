package io.melin.client;

import io.melin.stage.Threads;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a client asks of its surroundings.
 *
 * @param random of the pauses; used by the loop thread only
 */
public record ClientPorts(TimeSource time, Threads threads, RandomGenerator random) {

    /** Clocks and threads of the platform. */
    public static ClientPorts ofPlatform() {
        return new ClientPorts(SystemTime.INSTANCE, Threads.PLATFORM, new SplittableRandom());
    }
}
