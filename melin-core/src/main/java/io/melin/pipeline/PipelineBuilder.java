package io.melin.pipeline;

import io.melin.apply.EventApplier;
import io.melin.durability.Policy;
import io.melin.journal.Journal;
import io.melin.stage.CpuBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a {@link Pipeline} is made of, and wires it. Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class PipelineBuilder<E, R> {
    private final EventApplier<E, R> applier;
    private final Journal journal;
    private final List<Door> doors = new ArrayList<>();
    private PipelineConfig config = PipelineConfig.DEFAULT;
    private StageConfig stages = StageConfig.DEFAULT;
    private Policy policy = Policy.DISK;
    private PipelinePorts ports = PipelinePorts.system();

    PipelineBuilder(EventApplier<E, R> applier, Journal journal) {
        this.applier = applier;
        this.journal = journal;
    }

    /** Adds a door; the first one is number 1. */
    public PipelineBuilder<E, R> door(Door door) {
        doors.add(door);
        return this;
    }

    public PipelineBuilder<E, R> config(PipelineConfig config) {
        this.config = config;
        return this;
    }

    public PipelineBuilder<E, R> stages(StageConfig stages) {
        this.stages = stages;
        return this;
    }

    public PipelineBuilder<E, R> policy(Policy policy) {
        this.policy = policy;
        return this;
    }

    public PipelineBuilder<E, R> ports(PipelinePorts ports) {
        this.ports = ports;
        return this;
    }

    /**
     * Wires everything; no thread runs yet.
     *
     * @throws IllegalArgumentException if the policy can never be met by one node, or the sizes do
     *     not fit the largest payload
     * @throws io.melin.stage.LayoutException if a wished core cannot be used
     */
    public Pipeline build() {
        policy.objection(1)
                .ifPresent(objection -> {
                    throw new IllegalArgumentException(objection);
                });
        Threading threading = new Threading(StagePlan.of(stages, CpuBudget.detect()), ports);
        Wiring.Parts<E, R> parts =
                new Wiring.Parts<>(applier, journal, List.copyOf(doors), config, policy, ports);
        return new Pipeline(new Wiring<>(parts, threading).assemble(), stages.keepsAwake());
    }
}
