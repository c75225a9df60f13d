package io.melin.test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts calls, keeps a log where asked, and knows which of them are to go wrong. */
final class FaultScript {
    private final Map<DiskCall.Kind, Long> counts = new EnumMap<>(DiskCall.Kind.class);
    private final List<Rule> rules = new ArrayList<>();
    private final List<DiskCall> log = new ArrayList<>();
    private boolean recording;
    private @Nullable String powerCut;

    /** Meets the call of the given number among those that match, and if lasting all after it. */
    private static final class Rule {
        private final Predicate<DiskCall.Kind> matches;
        private final Fault fault;
        private final boolean isLasting;
        private int left;

        Rule(Predicate<DiskCall.Kind> matches, int number, Fault fault, boolean isLasting) {
            this.matches = matches;
            this.left = number;
            this.fault = fault;
            this.isLasting = isLasting;
        }

        boolean meets(DiskCall.Kind kind) {
            if (!matches.test(kind)) {
                return false;
            }
            left--;
            return left == 0 || (left < 0 && isLasting);
        }
    }

    void add(Predicate<DiskCall.Kind> matches, int number, Fault fault, boolean isLasting) {
        if (number < 1) {
            throw new IllegalArgumentException("calls are numbered from 1: number=" + number);
        }
        rules.add(new Rule(matches, number, fault, isLasting));
    }

    /** A new machine: no rules, the power is on; counts and log go on. */
    void reset() {
        rules.clear();
        powerCut = null;
    }

    void record(boolean on) {
        recording = on;
        log.clear();
    }

    List<DiskCall> log() {
        return List.copyOf(log);
    }

    long count(DiskCall.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    long changes() {
        long total = 0;
        for (DiskCall.Kind kind : DiskCall.Kind.values()) {
            total += kind.isChange() ? count(kind) : 0;
        }
        return total;
    }

    /** The fault for a call, if one is due. */
    @Nullable Fault meet(DiskCall.Kind kind, String file, long offset, int bytes) {
        if (powerCut != null) {
            throw new PowerCut(powerCut);
        }
        counts.merge(kind, 1L, Long::sum);
        Fault due = null;
        for (Rule rule : rules) {
            // Every rule counts every call, whichever of them strikes.
            if (rule.meets(kind) && due == null) {
                due = rule.fault;
            }
        }
        DiskCall call = new DiskCall(kind, file, offset, bytes, due != null);
        if (recording) {
            log.add(call);
        }
        if (due != null && due.kind() == Fault.Kind.POWER_CUT) {
            powerCut = call.toString();
            throw new PowerCut(powerCut);
        }
        return due;
    }
}
