package io.melin.pipeline;

import io.melin.journal.RotationResult;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.OutputSlot;
import io.melin.stage.StageRunner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Everything that a pipeline is made of, wired; the only place where all parts are known. */
record Assembly(
        ArenaRing<InputSlot> input,
        ArenaRing<OutputSlot> output,
        PipelineCursors cursors,
        DurabilityGate gate,
        List<StageRunner> runners,
        List<StageRunner> background,
        Supplier<CompletableFuture<RotationResult>> rotation,
        boolean isManual) {}
