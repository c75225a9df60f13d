package io.melin.pipeline;

import io.melin.cursor.Cursor;

/**
 * How far each part of the pipeline is, all as inclusive sequences; 0 means none.
 *
 * @param stamped last event that has its sequence; writer: ingress
 * @param framed last event in the frame buffer; writer: journal
 * @param durable last event that a completed sync covers; writer: the holder of the disk token
 * @param applied last event applied; writer: application
 */
record PipelineCursors(Cursor stamped, Cursor framed, Cursor durable, Cursor applied) {

    static PipelineCursors startingAt(long sequence) {
        return new PipelineCursors(
                new Cursor(sequence),
                new Cursor(sequence),
                new Cursor(sequence),
                new Cursor(sequence));
    }
}
