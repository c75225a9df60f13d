package io.melin.spring.boot.autoconfigure;

import io.melin.shadow.ShadowMode;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Snapshots of the state, so that a start need not replay the whole journal.
 *
 * @param shadow Which nodes take snapshots, from a second copy of the state on a thread of its own.
 * @param interval Longest time from the first event that is in no snapshot to the next snapshot.
 * @param entries Number of events in no snapshot after which one is taken earlier.
 * @param bytes Journal space of events in no snapshot after which one is taken earlier.
 * @param keep Number of good snapshots that stay. Two at least.
 */
@ConfigurationProperties("melin.snapshot")
public record MelinSnapshotProperties(
        @DefaultValue("on") ShadowMode shadow,
        @DefaultValue("10m") Duration interval,
        @DefaultValue("10000000") long entries,
        @DefaultValue("1GB") DataSize bytes,
        @DefaultValue("2") int keep) {}
