package io.melin.spring.boot.autoconfigure;

import io.melin.stage.Idle;
import io.melin.stage.Layout;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the node is made of.
 *
 * @param name Name of the node's pipeline, the value of the tag 'pipeline' of every meter.
 * @param role What this node does.
 * @param autoStartup Whether to start the node together with the application context.
 * @param journal Where and how events are made durable.
 * @param payload Limits of a single event.
 * @param durability What an answer waits for.
 * @param pipeline Sizes of the pipeline.
 * @param stages Threads of the pipeline.
 */
@ConfigurationProperties("melin")
public record MelinProperties(
        @DefaultValue("melin") String name,
        @DefaultValue("standalone") Role role,
        @DefaultValue("true") boolean autoStartup,
        @DefaultValue Journal journal,
        @DefaultValue Payload payload,
        @DefaultValue Durability durability,
        @DefaultValue Pipeline pipeline,
        @DefaultValue Stages stages) {

    /** What a node does. */
    public enum Role {
        /** One node, one copy on its own disk. */
        STANDALONE
    }

    /** Stages that may have a core of their own. */
    public enum StageName {
        INGRESS,
        JOURNAL,
        APPLICATION,
        DISK,
        RESPONSE
    }

    /**
     * Where and how events are made durable.
     *
     * @param directory Directory of the journal, used by one node at a time. Its last element is
     *     created when it is missing.
     * @param name Plain file name of the live segment.
     * @param segmentSize Size at which the live segment becomes an archive and a new one begins.
     *     0 for only on request.
     * @param prezeroed Space that is zeroed ahead of the last entry, so that a sync changes no
     *     metadata. Multiple of 4KB. More than a segment is for bursts: what the live one has no
     *     room for waits in further ones, made while little is written.
     * @param frameBuffer Buffer between the framing of entries and the disk. Power of two up to
     *     64MB that holds two of the largest entries.
     * @param freeSpaceMin Free space of the volume below which events are refused as NO_SPACE,
     *     until there is more again. 0 for none. Default is twice 'frame-buffer' and
     *     what of 'prezeroed' fits into one segment.
     * @param retention When archives are deleted. Without any of it all are kept.
     * @param skip Event that must never be applied because it stops every start, as the failed
     *     start prints it. Journaled by the next start; take it away then.
     */
    public record Journal(
            @DefaultValue("data") String directory,
            @DefaultValue("melin.journal") String name,
            @DefaultValue("256MB") DataSize segmentSize,
            @DefaultValue("64MB") DataSize prezeroed,
            @DefaultValue("4MB") DataSize frameBuffer,
            @Nullable DataSize freeSpaceMin,
            @DefaultValue Retention retention,
            @Nullable String skip) {}

    /**
     * When archives are deleted, from the oldest on. None goes that holds an event behind the
     * second newest snapshot.
     *
     * @param size Of all archives together; the oldest go beyond that. 0 for no such limit.
     * @param age Of an archive's last event; older ones go. 0 for no such limit.
     * @param copiedOnly Whether only those go beside which lies an empty file of their name and
     *     '.copied'. Without a limit all of these go.
     */
    public record Retention(
            @DefaultValue("0B") DataSize size,
            @DefaultValue("0s") Duration age,
            @DefaultValue("false") boolean copiedOnly) {}

    /**
     * Limits of a single event.
     *
     * @param max Largest encoded event that is taken.
     */
    public record Payload(@DefaultValue("64KB") DataSize max) {}

    /**
     * What an answer waits for.
     *
     * @param policy Copies that must exist before an answer leaves: disk, ram, disk+ram, two-disks
     *     or an expression such as 'persisted>=1 && in_memory>=2'. A standalone node can offer
     *     disk.
     */
    public record Durability(@DefaultValue("disk") String policy) {}

    /**
     * Sizes of the pipeline.
     *
     * @param inputSlots Events that may wait for the journal or the application. Power of two.
     * @param inputBuffer Payload space of the waiting events. Power of two, at least twice the
     *     largest event.
     * @param outputSlots Reports that may wait for their events to become durable. Power of two.
     * @param outputBuffer Payload space of the waiting reports. Power of two.
     * @param inFlight Requests of this process that may be unanswered at once. The next one is
     *     refused as overload.
     */
    public record Pipeline(
            @DefaultValue("65536") int inputSlots,
            @DefaultValue("16MB") DataSize inputBuffer,
            @DefaultValue("65536") int outputSlots,
            @DefaultValue("16MB") DataSize outputBuffer,
            @DefaultValue("1024") int inFlight) {}

    /**
     * Threads of the pipeline.
     *
     * @param layout How stages share threads. The default picks by the cores that the process may
     *     really use.
     * @param cores Core for each stage by name, as numbers of logical CPUs.
     * @param idle What a thread without work does. With spin, the fastest, each thread of the hot
     *     path takes a core for good, and one more must be left for everything else.
     * @param keepAwake Whether no core of the machine may sleep while the node runs. Waiting for
     *     the disk and the network ends sooner, and all cores draw power all the time. The process
     *     needs write access to /dev/cpu_dma_latency.
     */
    public record Stages(
            @DefaultValue("auto") Layout layout,
            @DefaultValue Map<StageName, Integer> cores,
            @DefaultValue("auto") Idle idle,
            @DefaultValue("false") boolean keepAwake) {}
}
