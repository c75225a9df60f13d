package io.melin.trace;

/**
 * The moments of an event's life. Each is stamped by one stage, before that stage publishes the
 * step, so that whoever sees the step sees the stamp.
 */
public enum TracePoint {
    /** Its bytes reached this process. Stamped by the ingress. */
    RECEIVED,

    /** It is about to be visible in the input ring. Stamped by the ingress. */
    PUBLISHED,

    /** It is framed for the journal. Stamped by the journal stage. */
    FRAMED,

    /** The sync that covers it returned. Stamped by whoever holds the disk token. */
    DURABLE,

    /** The application took it and its reports are about to be visible. Stamped by its stage. */
    APPLIED,

    /** Its answer left. {@link LatencyTrace#responded} takes this one. */
    RESPONDED
}
