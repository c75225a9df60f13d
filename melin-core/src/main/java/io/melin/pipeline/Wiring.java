package io.melin.pipeline;

import io.melin.apply.EventApplier;
import io.melin.apply.Outcome;
import io.melin.durability.Policy;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.RotationResult;
import io.melin.journal.SegmentPreparer;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.DiskToken;
import io.melin.stage.Stage;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import io.melin.stage.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Builds the stages of one pipeline in the order of an event. Readers of a ring are registered
 * before its first claim; whoever hands work on knows whom to wake.
 */
final class Wiring<E, R> {
    private static final int DOOR_LIMIT = 1_024;
    private static final int JOURNAL_BATCH_MAX = 4_096;
    private static final int APPLICATION_BATCH_MAX = 64;
    private static final int RESPONSE_BATCH_MAX = 1_024;

    /** Of each stage where one thread runs all: what a lap takes in, one sync makes durable. */
    private static final int LAP_BATCH_MAX = 4_096;

    record Parts<E, R>(
            EventApplier<E, R> applier,
            Journal journal,
            List<Door> doors,
            PipelineConfig config,
            Policy policy,
            PipelinePorts ports) {}

    private final Parts<E, R> parts;
    private final PipelinePorts ports;
    private final Threading threading;
    private final Doors doors;
    private final PipelineCursors cursors;
    private final ArenaRing<InputSlot> input;
    private final ArenaRing<OutputSlot> output;
    private final DurabilityGate gate;

    Wiring(Parts<E, R> parts, Threading threading) {
        this.parts = parts;
        this.ports = parts.ports();
        this.threading = threading;
        this.doors = new Doors(parts.doors());
        JournalConfig journal = parts.journal().config();
        PipelineConfig config = parts.config();
        int payloadMax = journal.payloadBytesMax();
        long last = parts.journal().report().lastSequence();
        this.cursors = PipelineCursors.startingAt(last);
        this.input =
                ArenaRing.input(
                        new ArenaRing.Config(
                                "input", config.inputSlots(), config.inputBytes(), payloadMax));
        this.output =
                ArenaRing.output(
                        new ArenaRing.Config(
                                "output",
                                config.outputSlots(),
                                config.outputBytes(),
                                Math.max(payloadMax, Outcome.REASON_BYTES_MAX)));
        this.gate = new DurabilityGate(cursors, parts.policy());
        ports.meters().stamps().handOver();
        for (Door door : parts.doors()) {
            Waiter waiter = door.waiter();
            if (waiter != null) {
                threading.waitsIn("ingress", waiter);
            }
        }
    }

    Assembly assemble() {
        RingReader<InputSlot> toJournal = input.reader("journal");
        RingReader<InputSlot> toApplication = input.reader("application");
        RingReader<OutputSlot> toResponse = output.reader("response");
        DiskStage disk = disk();
        List<Stage> stages =
                List.of(
                        ingress(),
                        journal(toJournal, disk),
                        application(toApplication),
                        disk,
                        response(toResponse));
        List<StageRunner> runners = threading.runners(stages);
        return new Assembly(
                input,
                output,
                cursors,
                gate,
                runners,
                background(),
                this::rotate,
                threading.isManual());
    }

    private CompletableFuture<RotationResult> rotate() {
        CompletableFuture<RotationResult> result = parts.journal().rotate();
        wake("disk").signal();
        return result;
    }

    private Stage ingress() {
        long tickNs = parts.applier().application().tickInterval().toNanos();
        return new IngressStage(
                new IngressStage.Config(DOOR_LIMIT, input.payloadBytesMax(), tickNs),
                new IngressStage.Ports(
                        input,
                        parts.doors(),
                        ports.admission(),
                        ports.time(),
                        ports.meters(),
                        cursors.stamped(),
                        wake("journal", "application")),
                parts.journal().report().lastTimeNs());
    }

    private Stage journal(RingReader<InputSlot> reader, DiskStage disk) {
        return new JournalStage(
                threading.batchMax(JOURNAL_BATCH_MAX, LAP_BATCH_MAX),
                new JournalStage.Ports(
                        reader,
                        parts.journal().frames(),
                        cursors.framed(),
                        ports.time(),
                        ports.meters(),
                        wake("disk", "ingress"),
                        threading.isOneThread() ? disk::writeAhead : () -> {}));
    }

    private DiskStage disk() {
        return new DiskStage(
                new DiskStage.Ports(
                        parts.journal().frames(),
                        parts.journal().writer(),
                        cursors.durable(),
                        new DiskToken(),
                        ports.time(),
                        ports.meters(),
                        wake("response"),
                        wake("journal")));
    }

    private Stage application(RingReader<InputSlot> reader) {
        return new ApplicationStage<>(
                new ApplicationStage.Config(
                        threading.batchMax(APPLICATION_BATCH_MAX, LAP_BATCH_MAX),
                        parts.journal().config().codecVersion()),
                new ApplicationStage.Ports<>(
                        reader,
                        output,
                        parts.applier(),
                        doors,
                        cursors,
                        ports.time(),
                        ports.meters(),
                        new ApplicationStage.Signals(wake("response"), wake("ingress"))));
    }

    private Stage response(RingReader<OutputSlot> reader) {
        return new ResponseStage(
                threading.batchMax(RESPONSE_BATCH_MAX, LAP_BATCH_MAX),
                new ResponseStage.Ports(
                        reader, gate, doors, ports.time(), ports.meters(), wake("application")));
    }

    private List<StageRunner> background() {
        List<StageRunner> runners = new ArrayList<>();
        for (Door door : parts.doors()) {
            Waiter own = new ThreadWakeup();
            door.wire(threading.waiter("ingress"), own);
            runners.add(threading.background(door.background(), own));
        }
        SegmentPreparer preparer = parts.journal().preparer();
        runners.add(threading.paced(preparer, preparer.waiter()));
        return runners;
    }

    /** Wakes stages; a stage that shares its thread with the caller is awake anyway. */
    private Wakeup wake(String stage) {
        return threading.waiter(stage);
    }

    private Wakeup wake(String first, String second) {
        Wakeup one = threading.waiter(first);
        Wakeup two = threading.waiter(second);
        if (one == two) {
            return one;
        }
        return () -> {
            one.signal();
            two.signal();
        };
    }
}
