package io.melin.spring.boot.autoconfigure.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of a node: the one contract that binder, collector, documentation and tests derive
 * from.
 *
 * <p>M1: what only grows is a counter and never falls while the application runs, also over stop
 * and start of the node. M2: times are in seconds, sizes in bytes. M3: every meter carries the tag
 * {@code pipeline} besides its own.
 */
public enum MelinMeter {
    STATE(
            "melin.state",
            Type.GAUGE,
            null,
            "Whether the node is in this state, 1 or 0. Tag state: the states of the node",
            "state"),
    ROLE("melin.role", Type.GAUGE, null, "Whether the node has this role, 1 or 0", "role"),
    EPOCH("melin.epoch", Type.GAUGE, null, "Tenure of the primary, 0 before any promotion"),

    STAGE_EVENTS(
            "melin.stage.events",
            Type.COUNTER,
            "events",
            "Events that passed the stage; at the response: answers",
            "stage"),
    STAGE_LAG(
            "melin.stage.lag",
            Type.GAUGE,
            "events",
            "Events that have their sequence and have not passed the stage",
            "stage"),
    STAGE_LATENCY(
            "melin.stage.latency",
            Type.HISTOGRAM,
            "seconds",
            "Time that sampled events spent with the stage",
            "stage"),
    RESPONSE_LATENCY(
            "melin.response.latency",
            Type.HISTOGRAM,
            "seconds",
            "Time of sampled events from their arrival to their answer"),
    TRACE_DISCARDED(
            "melin.trace.discarded",
            Type.COUNTER,
            "events",
            "Sampled events whose stamps were incomplete; more than none is a defect"),

    RING_USED("melin.ring.used", Type.GAUGE, "events", "Slots of the ring that are in use", "ring"),
    RING_CAPACITY("melin.ring.capacity", Type.GAUGE, "events", "Slots of the ring", "ring"),
    CALLS_ACTIVE(
            "melin.calls.active",
            Type.GAUGE,
            "calls",
            "Submits and queries of this process that are not answered"),
    CALLS_MAX(
            "melin.calls.max",
            Type.GAUGE,
            "calls",
            "Submits and queries of this process that may be unanswered at once"),

    SUBMIT_REJECTED(
            "melin.submit.rejected",
            Type.COUNTER,
            "requests",
            "Requests that were refused and surely not applied",
            "reason"),
    SUBMIT_DUPLICATES(
            "melin.submit.duplicates",
            Type.COUNTER,
            "requests",
            "Repeats of an id that were answered with the first outcome"),
    APPLICATION_REJECTED(
            "melin.application.rejected",
            Type.COUNTER,
            "events",
            "Events that the application rejected"),

    JOURNAL_SEQUENCE(
            "melin.journal.sequence", Type.GAUGE, null, "Sequence of the last durable event"),
    JOURNAL_WRITTEN("melin.journal.written", Type.COUNTER, "bytes", "Bytes of entries written"),
    JOURNAL_SYNC("melin.journal.sync", Type.TIMER, "seconds", "Number and time of completed syncs"),
    JOURNAL_SYNC_MAX(
            "melin.journal.sync.max",
            Type.TIME_GAUGE,
            "seconds",
            "Time of the longest sync so far"),
    JOURNAL_SYNC_PENDING(
            "melin.journal.sync.pending",
            Type.TIME_GAUGE,
            "seconds",
            "How long the batch at the disk has been there, 0 if there is none"),

    RECOVERY_EVENTS(
            "melin.recovery.events", Type.COUNTER, "events", "Events replayed by recoveries"),
    RECOVERY_TIME(
            "melin.recovery.time", Type.COUNTER, "seconds", "Time that recoveries took in all");

    /** How a meter is read. */
    public enum Type {
        /** Only grows. */
        COUNTER,
        /** A level. */
        GAUGE,
        /** A level of time. */
        TIME_GAUGE,
        /** A number of happenings and the time that they took in all. */
        TIMER,
        /** Buckets of time, classic and native in Prometheus, quantiles of minutes elsewhere. */
        HISTOGRAM
    }

    /** The tag that all meters have: the value of {@code melin.name}. */
    public static final String PIPELINE = "pipeline";

    private final String meterName;
    private final Type type;
    private final @Nullable String unit;
    private final String meaning;
    private final List<String> tags;

    MelinMeter(String meterName, Type type, @Nullable String unit, String meaning, String... tags) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** In Micrometer's style, for instance {@code melin.stage.events}. */
    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    /** Base unit, or null for a pure number. */
    public @Nullable String unit() {
        return unit;
    }

    /** One line, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Its own tags, without {@link #PIPELINE}. */
    public List<String> tags() {
        return tags;
    }

    /** The name of the family in Prometheus text, for instance {@code melin_stage_events_total}. */
    public String prometheusName() {
        String name = meterName.replace('.', '_');
        if (unit != null && !name.endsWith("_" + unit)) {
            name += "_" + unit;
        }
        return type == Type.COUNTER ? name + "_total" : name;
    }
}
