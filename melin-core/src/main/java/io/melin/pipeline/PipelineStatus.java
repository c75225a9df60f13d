package io.melin.pipeline;

/**
 * How far a pipeline is, in inclusive sequences, and how full. Read one after the other: each
 * number is true, all of them together may be a moment apart.
 *
 * @param stamped last event that has its sequence
 * @param framed last event ready for the disk
 * @param durable last event that a completed sync covers
 * @param applied last event applied
 * @param inputUsed slots of the input ring in use
 * @param outputUsed slots of the output ring in use
 */
public record PipelineStatus(
        long stamped, long framed, long durable, long applied, int inputUsed, int outputUsed) {

    static PipelineStatus of(Assembly assembly) {
        PipelineCursors cursors = assembly.cursors();
        long durable = cursors.durable().acquire();
        long applied = cursors.applied().acquire();
        long framed = cursors.framed().acquire();
        return new PipelineStatus(
                cursors.stamped().acquire(),
                framed,
                durable,
                applied,
                assembly.input().used(),
                assembly.output().used());
    }
}
