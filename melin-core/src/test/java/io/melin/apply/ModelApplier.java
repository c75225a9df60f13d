package io.melin.apply;

import io.melin.app.EventContext;
import io.melin.app.EventRejected;
import io.melin.apply.Outcome.Kind;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The applier once more, slow and plain: whole payloads, boxed collections, no hashing of its own.
 */
final class ModelApplier {
    private record Id(byte scheme, long high, long low) {}

    private record Seen(long sequence, long timeNs, long client) implements EventContext {}

    private record Held(Id id, byte[] payload, Result first, int bytes) {}

    final Ledger ledger = new Ledger();
    private final DedupLimits limits;
    private final Map<Id, TreeSet<Long>> clients = new LinkedHashMap<>();
    private final ArrayDeque<Id> keys = new ArrayDeque<>();
    private final ArrayDeque<Held> outcomes = new ArrayDeque<>();
    private long drainedNs;

    ModelApplier(DedupLimits limits) {
        this.limits = limits;
    }

    Result apply(LoggedEvent event) {
        if (event.kind() != EventKind.APP) {
            return result(event, Kind.NONE, "", List.of(), drain(event));
        }
        if (event.idScheme() == IdScheme.NONE) {
            return run(event);
        }
        Id id = new Id(event.idScheme(), event.idHigh(), event.idLow());
        if (isBelowWindow(id)) {
            return result(event, Kind.UNKNOWN_OUTCOME, "", List.of(), List.of());
        }
        for (Held held : outcomes) {
            if (held.id.equals(id)) {
                return Arrays.equals(held.payload, event.payload())
                        ? repeat(held.first)
                        : result(event, Kind.ID_CONFLICT, "", List.of(), List.of());
            }
        }
        if (isSeen(id)) {
            return result(event, Kind.UNKNOWN_OUTCOME, "", List.of(), List.of());
        }
        Result result = run(event);
        see(id);
        hold(new Held(id, event.payload(), result, bytes(result)));
        return result;
    }

    private Result run(LoggedEvent event) {
        List<String> ticks = drain(event);
        List<String> reports = new ArrayList<>();
        try {
            Posting posting =
                    new Posting.PostingCodec()
                            .decode(
                                    event.buffer().order(ByteOrder.LITTLE_ENDIAN),
                                    LoggedEvent.CODEC_VERSION);
            ledger.apply(posting, seen(event), line -> reports.add(Result.text(line)));
            return result(event, Kind.APPLIED, "", reports, ticks);
        } catch (EventRejected rejected) {
            return result(event, Kind.REJECTED, rejected.reason(), List.of(), ticks);
        }
    }

    private List<String> drain(LoggedEvent event) {
        List<String> reports = new ArrayList<>();
        if (event.timeNs() > drainedNs) {
            drainedNs = event.timeNs();
            Seen context = new Seen(event.sequence(), event.timeNs(), 0);
            ledger.tick(context, line -> reports.add(Result.text(line)));
        }
        return reports;
    }

    private static Seen seen(LoggedEvent event) {
        Id id = new Id(event.idScheme(), event.idHigh(), event.idLow());
        return new Seen(event.sequence(), event.timeNs(), isNumbered(id) ? id.high : 0);
    }

    private static Id client(Id id) {
        return new Id(id.scheme, id.high, 0);
    }

    private static boolean isNumbered(Id id) {
        return IdScheme.scheme(id.scheme) == IdScheme.CLIENT_REQUEST;
    }

    private boolean isBelowWindow(Id id) {
        TreeSet<Long> numbers = isNumbered(id) ? clients.get(client(id)) : null;
        return numbers != null && id.low <= numbers.last() - limits.window();
    }

    private boolean isSeen(Id id) {
        if (!isNumbered(id)) {
            return keys.contains(id);
        }
        TreeSet<Long> numbers = clients.get(client(id));
        return numbers != null && numbers.contains(id.low);
    }

    private void see(Id id) {
        if (!isNumbered(id)) {
            keys.add(id);
            while (keys.size() > limits.keysMax()) {
                keys.remove();
            }
            return;
        }
        TreeSet<Long> numbers = clients.remove(client(id));
        numbers = numbers == null ? new TreeSet<>() : numbers;
        numbers.add(id.low);
        clients.put(client(id), numbers);
        while (clients.size() > limits.clientsMax()) {
            clients.remove(clients.keySet().iterator().next());
        }
    }

    private void hold(Held held) {
        if (held.bytes > limits.outcomeBytesMax()) {
            return;
        }
        outcomes.add(held);
        while (outcomes.size() > limits.outcomesMax() || heldBytes() > limits.outcomeBytesMax()) {
            outcomes.remove();
        }
    }

    private int heldBytes() {
        return outcomes.stream().mapToInt(Held::bytes).sum();
    }

    private static int bytes(Result result) {
        int reason = result.reason().getBytes(StandardCharsets.UTF_8).length;
        return reason + result.reports().stream().mapToInt(ModelApplier::reportBytes).sum();
    }

    private static int reportBytes(String line) {
        return 4 + 8 + Integer.parseInt(line.substring(line.indexOf('+') + 1));
    }

    private static Result repeat(Result first) {
        return new Result(
                first.kind(),
                true,
                first.sequence(),
                first.timeNs(),
                first.reason(),
                first.reports(),
                List.of());
    }

    private static Result result(
            LoggedEvent event, Kind kind, String reason, List<String> reports, List<String> ticks) {
        return new Result(
                kind, false, event.sequence(), event.timeNs(), reason, List.copyOf(reports), ticks);
    }
}
