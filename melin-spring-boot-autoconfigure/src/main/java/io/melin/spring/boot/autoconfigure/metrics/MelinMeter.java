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
    STATE("melin.state", Measure.LEVEL, "Whether the node is in this state, 1 or 0", "state"),
    ROLE("melin.role", Measure.LEVEL, "Whether the node has this role, 1 or 0", "role"),
    EPOCH("melin.epoch", Measure.LEVEL, "Tenure of the primary, 0 before any promotion"),

    STAGE_EVENTS(
            "melin.stage.events",
            Measure.EVENTS_COUNTED,
            "Events that passed the stage; at the response: answers",
            "stage"),
    STAGE_LAG(
            "melin.stage.lag",
            Measure.EVENTS,
            "Events that have their sequence and have not passed the stage",
            "stage"),
    STAGE_LATENCY(
            "melin.stage.latency",
            Measure.LATENCY,
            "Time that sampled events spent with the stage",
            "stage"),
    RESPONSE_LATENCY(
            "melin.response.latency",
            Measure.LATENCY,
            "Time from the arrival of a request to its answer"),
    TRACE_DISCARDED(
            "melin.trace.discarded",
            Measure.EVENTS_COUNTED,
            "Sampled events whose stamps were incomplete; more than none is a defect"),

    RING_USED("melin.ring.used", Measure.EVENTS, "Slots of the ring that are in use", "ring"),
    RING_CAPACITY("melin.ring.capacity", Measure.EVENTS, "Slots of the ring", "ring"),
    CALLS_ACTIVE(
            "melin.calls.active",
            Measure.LEVEL,
            "Submits and queries of this process that are not answered"),
    CALLS_MAX(
            "melin.calls.max",
            Measure.LEVEL,
            "Submits and queries of this process that may be unanswered at once"),

    SUBMIT_REJECTED(
            "melin.submit.rejected",
            Measure.COUNTED,
            "Requests that were refused and surely not applied",
            "reason"),
    SUBMIT_DUPLICATES(
            "melin.submit.duplicates",
            Measure.COUNTED,
            "Repeats of an id that were answered with the first outcome"),
    APPLICATION_REJECTED(
            "melin.application.rejected", Measure.COUNTED, "Events that the application rejected"),

    CONNECTIONS_ACTIVE(
            "melin.connections.active", Measure.LEVEL, "Connections of the gateway that are open"),
    CONNECTIONS_ACCEPTED(
            "melin.connections.accepted",
            Measure.COUNTED,
            "Connections that the gateway accepted, those that found no place included"),
    INGRESS_RECEIVED(
            "melin.ingress.received",
            Measure.BYTES_COUNTED,
            "Bytes that came from clients of the gateway"),
    EGRESS_SENT(
            "melin.egress.sent",
            Measure.BYTES_COUNTED,
            "Bytes that left to clients of the gateway"),
    EGRESS_DROPPED(
            "melin.egress.dropped",
            Measure.COUNTED,
            "Connections that the gateway ended, by its reason",
            "reason"),

    JOURNAL_SEQUENCE("melin.journal.sequence", Measure.LEVEL, "Sequence of the last durable event"),
    JOURNAL_WRITTEN("melin.journal.written", Measure.BYTES_COUNTED, "Bytes of entries written"),
    JOURNAL_SYNC("melin.journal.sync", Measure.TIMES, "Number and time of completed syncs"),
    JOURNAL_SYNC_MAX("melin.journal.sync.max", Measure.TIME, "Time of the longest sync so far"),
    JOURNAL_SYNC_PENDING(
            "melin.journal.sync.pending",
            Measure.TIME,
            "How long the batch at the disk has been there, 0 if there is none"),
    JOURNAL_ROTATIONS(
            "melin.journal.rotations",
            Measure.COUNTED,
            "Rotations of the live segment: into a prepared one, one made on the spot, or failed",
            "path"),
    JOURNAL_FREE(
            "melin.journal.free",
            Measure.BYTES,
            "Free bytes of the journal's volume, NaN if it does not tell"),
    JOURNAL_SPACE_LOW(
            "melin.journal.space.low",
            Measure.LEVEL,
            "Whether events are refused for want of space, 1 or 0"),
    JOURNAL_ARCHIVES_DELETED(
            "melin.journal.archives.deleted",
            Measure.COUNTED,
            "Archives deleted because the retention gave them up"),

    SNAPSHOT_SEQUENCE(
            "melin.snapshot.sequence",
            Measure.LEVEL,
            "Sequence of the last event in the newest snapshot, 0 if there is none"),
    SNAPSHOT_AGE(
            "melin.snapshot.age",
            Measure.TIME,
            "Age of the last event in the newest snapshot, 0 if there is none"),
    SNAPSHOT_DUE(
            "melin.snapshot.due",
            Measure.TIME,
            "How long a snapshot has been due, 0 if none is; late beyond the interval"),
    SNAPSHOT_DURATION(
            "melin.snapshot.duration", Measure.TIMES, "Number and time of completed saves"),
    SNAPSHOT_FAILURES(
            "melin.snapshot.failures",
            Measure.COUNTED,
            "Saves and reads of the shadow that failed and are tried again"),
    SNAPSHOT_DAMAGED(
            "melin.snapshot.damaged",
            Measure.COUNTED,
            "Snapshots that starts passed over as damaged"),
    SNAPSHOT_STOPPED(
            "melin.snapshot.stopped",
            Measure.LEVEL,
            "Whether the shadow found damage or failed, and saves no more, 1 or 0"),

    RECOVERY_EVENTS(
            "melin.recovery.events", Measure.EVENTS_COUNTED, "Events replayed by recoveries"),
    RECOVERY_TIME(
            "melin.recovery.time", Measure.SECONDS_COUNTED, "Time that recoveries took in all");

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

    /** What is measured and in which unit. */
    private enum Measure {
        EVENTS_COUNTED(Type.COUNTER, "events"),
        COUNTED(Type.COUNTER, null),
        BYTES_COUNTED(Type.COUNTER, "bytes"),
        SECONDS_COUNTED(Type.COUNTER, "seconds"),
        LEVEL(Type.GAUGE, null),
        EVENTS(Type.GAUGE, "events"),
        BYTES(Type.GAUGE, "bytes"),
        TIME(Type.TIME_GAUGE, "seconds"),
        TIMES(Type.TIMER, "seconds"),
        LATENCY(Type.HISTOGRAM, "seconds");

        private final Type type;
        private final @Nullable String unit;

        Measure(Type type, @Nullable String unit) {
            this.type = type;
            this.unit = unit;
        }
    }

    /** The tag that all meters have: the value of {@code melin.name}. */
    public static final String PIPELINE = "pipeline";

    private final String meterName;
    private final Measure measure;
    private final String meaning;
    private final List<String> tags;

    MelinMeter(String meterName, Measure measure, String meaning, String... tags) {
        this.meterName = meterName;
        this.measure = measure;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /** In Micrometer's style, for instance {@code melin.stage.events}. */
    public String meterName() {
        return meterName;
    }

    public Type type() {
        return measure.type;
    }

    /** Base unit, or null for a pure number. */
    public @Nullable String unit() {
        return measure.unit;
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
        if (unit() != null && !name.endsWith("_" + unit())) {
            name += "_" + unit();
        }
        return type() == Type.COUNTER ? name + "_total" : name;
    }
}
