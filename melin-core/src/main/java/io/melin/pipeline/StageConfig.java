package io.melin.pipeline;

import io.melin.stage.Idle;
import io.melin.stage.Layout;
import java.util.List;
import java.util.Map;

/**
 * How stages share threads and cores.
 *
 * @param layout {@link Layout#AUTO} is resolved by the cores that the process may really use
 * @param cores core by stage name; a stage without one runs anywhere
 * @param idle what a thread without work does
 * @param keepsAwake whether no core of the machine may sleep while the stages run, {@link
 *     io.melin.stage.CpuLatencyRequest}; a refusal is logged and does not stop them
 */
public record StageConfig(
        Layout layout, Map<String, Integer> cores, Idle idle, boolean keepsAwake) {

    /** The stages of the hot path, in the order of an event. */
    public static final List<String> STAGES =
            List.of("ingress", "journal", "application", "disk", "response");

    public static final StageConfig DEFAULT = new StageConfig(Layout.AUTO, Map.of());

    /** With {@link Idle#AUTO}, and cores that sleep. */
    public StageConfig(Layout layout, Map<String, Integer> cores) {
        this(layout, cores, Idle.AUTO, false);
    }

    public StageConfig {
        cores = Map.copyOf(cores);
        for (String stage : cores.keySet()) {
            if (!STAGES.contains(stage)) {
                throw new IllegalArgumentException(
                        "no such stage: stage=" + stage + ", stages=" + STAGES);
            }
        }
    }

    public StageConfig withIdle(Idle idle) {
        return new StageConfig(layout, cores, idle, keepsAwake);
    }

    public StageConfig withKeepsAwake(boolean keepsAwake) {
        return new StageConfig(layout, cores, idle, keepsAwake);
    }
}
