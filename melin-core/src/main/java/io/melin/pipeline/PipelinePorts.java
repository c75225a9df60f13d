package io.melin.pipeline;

import io.melin.stage.FailStop;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;

/**
 * What a pipeline needs from outside.
 *
 * @param admission decides whether requests are taken; starts closed
 * @param failStop tripped by the first stage that fails
 * @param meters lives longer than one pipeline, so that its counts never fall
 */
public record PipelinePorts(
        TimeSource time,
        Threads threads,
        Pinning pinning,
        Admission admission,
        FailStop failStop,
        PipelineMeters meters) {

    /** Real clocks and threads, no pinning, a closed admission. */
    public static PipelinePorts system() {
        return new PipelinePorts(
                SystemTime.INSTANCE,
                Threads.PLATFORM,
                Pinning.NONE,
                new Admission(),
                new FailStop(),
                new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT));
    }
}
