package io.melin.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Which cases are held against each other. */
enum Suite {
    /** One connection that keeps 1, 16 and 256 requests in flight. */
    WINDOWS {
        @Override
        List<Case> cases() {
            return closed(
                    List.of(
                            FLOOR,
                            COMPACT,
                            COMPACT_ZEROED,
                            SHARED,
                            FLOOR_SPIN,
                            SPIN,
                            AERON_UDP,
                            AERON_IPC),
                    1,
                    16,
                    256);
        }

        @Override
        List<Pair> pairs() {
            return all(
                    List.of(
                            Pair.of(COMPACT, FLOOR, 1, 16, 256),
                            Pair.of(COMPACT_ZEROED, FLOOR, 1, 16, 256),
                            Pair.of(SPIN, FLOOR_SPIN, 1, 16, 256),
                            Pair.of(COMPACT, AERON_UDP, 1, 16, 256),
                            Pair.of(COMPACT_ZEROED, AERON_UDP, 1, 16, 256),
                            Pair.of(SPIN, AERON_UDP, 1, 16, 256)));
        }
    },

    /** Callers in the process of the journal, or with memory that they share with the server. */
    IN_PROCESS {
        @Override
        List<Case> cases() {
            return all(
                    List.of(
                            closed(List.of(LOCAL_AUTO, LOCAL_COMPACT, LOCAL_SPIN), 1, 256, 1_024),
                            closed(List.of(LOCAL_DOOR, CHRONICLE), 1, 256, 1_024),
                            closed(List.of(AERON_IPC), 1, 256)));
        }

        @Override
        List<Pair> pairs() {
            return all(
                    List.of(
                            Pair.of(LOCAL_COMPACT, CHRONICLE, 1, 256, 1_024),
                            Pair.of(LOCAL_DOOR, CHRONICLE, 1, 256, 1_024),
                            Pair.of(LOCAL_DOOR, AERON_IPC, 1, 256),
                            Pair.of(LOCAL_COMPACT, AERON_IPC, 1, 256),
                            Pair.of(LOCAL_SPIN, AERON_IPC, 1, 256)));
        }
    },

    /** Servers of others, each with one member, behind sockets. */
    PEERS {
        @Override
        List<Case> cases() {
            return closed(List.of(COMPACT, AERON_UDP, AERON_UDP_UNSYNCED, RATIS), 1, 256);
        }

        @Override
        List<Pair> pairs() {
            return all(
                    List.of(
                            Pair.of(COMPACT, AERON_UDP, 1, 256),
                            Pair.of(COMPACT, AERON_UDP_UNSYNCED, 1, 256),
                            Pair.of(COMPACT, RATIS, 1, 256)));
        }
    },

    /** Events of 100 bytes, 1 KiB and 16 KiB. */
    SIZES {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int bytes : BYTES) {
                cases.add(Case.sized(FLOOR, bytes));
                cases.add(Case.sized(COMPACT, bytes));
            }
            return cases;
        }

        @Override
        List<Pair> pairs() {
            List<Pair> pairs = new ArrayList<>();
            for (int bytes : BYTES) {
                pairs.addAll(Pair.of(Case.sized(COMPACT, bytes), Case.sized(FLOOR, bytes)));
            }
            return pairs;
        }
    },

    /** Each layout that the machine allows; windows as above. */
    LAYOUTS {
        @Override
        List<Case> cases() {
            return closed(List.of(COMPACT, SHARED, DEDICATED), 1, 16, 256);
        }

        @Override
        List<Pair> pairs() {
            return Pair.of(SHARED, COMPACT, 1, 16, 256);
        }
    },

    /** An application that does something beside one that only counts; windows as above. */
    EXCHANGE {
        @Override
        List<Case> cases() {
            return closed(List.of(COMPACT, EXCHANGE_COMPACT, SHARED, EXCHANGE_SHARED), 1, 16, 256);
        }

        @Override
        List<Pair> pairs() {
            return all(
                    List.of(
                            Pair.of(EXCHANGE_COMPACT, COMPACT, 1, 16),
                            barred(EXCHANGE_COMPACT, COMPACT),
                            Pair.of(EXCHANGE_SHARED, SHARED, 1, 16),
                            barred(EXCHANGE_SHARED, SHARED)));
        }

        private List<Pair> barred(Subject exchange, Subject counter) {
            return Pair.of(Case.closed(exchange, 256), Case.closed(counter, 256), OF_A_COUNTER);
        }
    },

    /** Accounts and open orders of an exchange, window 256. */
    GROWTH {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int count : GROWN) {
                cases.add(Case.accounts(EXCHANGE_LARGE, count));
            }
            for (int count : GROWN) {
                cases.add(Case.openOrders(EXCHANGE_LARGE, count));
            }
            return cases;
        }

        @Override
        List<Pair> pairs() {
            return all(
                    List.of(
                            toSmallest(count -> Case.accounts(EXCHANGE_LARGE, count)),
                            toSmallest(count -> Case.openOrders(EXCHANGE_LARGE, count))));
        }

        private List<Pair> toSmallest(IntFunction<Case> grown) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 1; i < GROWN.length; i++) {
                pairs.addAll(Pair.of(grown.apply(GROWN[i]), grown.apply(GROWN[0])));
            }
            return pairs;
        }
    },

    /** What serves the sockets: windows 1 and 256 of one connection, and 64 and 1,000 of them. */
    TRANSPORTS {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>(closed(SERVED_BY, 1, 256));
            for (int count : SOME_COUNTS) {
                SERVED_BY.forEach(subject -> cases.add(Case.connected(subject, count)));
            }
            return cases;
        }

        @Override
        List<Pair> pairs() {
            List<Pair> pairs = new ArrayList<>();
            for (Subject other : List.of(ECHO_EPOLL, ECHO_URING)) {
                pairs.addAll(toNio(other, ECHO_NIO));
            }
            pairs.addAll(toNio(EPOLL, NIO));
            return pairs;
        }

        private List<Pair> toNio(Subject other, Subject nio) {
            List<Pair> pairs = new ArrayList<>(Pair.of(other, nio, 1, 256));
            for (int count : SOME_COUNTS) {
                pairs.addAll(Pair.of(Case.connected(other, count), Case.connected(nio, count)));
            }
            return pairs;
        }
    },

    /** Up to 1,000 connections with one request in flight each. */
    CONNECTIONS {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (int count : COUNTS) {
                cases.add(Case.connected(ECHO, count));
                cases.add(Case.connected(FLOOR, count));
                cases.add(Case.connected(COMPACT, count));
            }
            return cases;
        }

        @Override
        List<Pair> pairs() {
            List<Pair> pairs = new ArrayList<>();
            for (int count : COUNTS) {
                pairs.addAll(Pair.of(Case.connected(COMPACT, count), Case.connected(ECHO, count)));
            }
            return pairs;
        }
    };

    private static final int[] BYTES = {100, 1 << 10, 16 << 10};
    private static final int[] COUNTS = {1, 4, 64, 1_000};
    private static final int[] SOME_COUNTS = {64, 1_000};
    private static final int[] GROWN = {100, 10_000, 1_000_000};
    private static final Map<Figure, Double> OF_A_COUNTER =
            Map.of(Figure.PER_SECOND, 0.6, Figure.P50, 1 / 0.6);
    private static final Subject ECHO = WireSubject.echo();
    private static final Subject DEDICATED =
            WireSubject.counter("dedicated", "--layout", "dedicated");
    private static final Subject FLOOR = WireSubject.floor("select");
    private static final Subject FLOOR_SPIN = WireSubject.floor("spin");
    private static final Subject COMPACT = WireSubject.counter("compact", "--layout", "compact");

    /** Until that much is written it makes hardly any, as the floor never does. */
    private static final Subject COMPACT_ZEROED =
            WireSubject.counter(
                    "compact, zeros first", "--layout", "compact", "--prezeroed-mib", "3072");

    private static final Subject NIO =
            WireSubject.counter("nio", "--layout", "compact", "--transport", "nio").onNatives();
    private static final Subject EPOLL =
            WireSubject.counter("epoll", "--layout", "compact", "--transport", "epoll").onNatives();
    private static final Subject ECHO_NIO = WireSubject.echo("nio", "nio").onNatives();
    private static final Subject ECHO_EPOLL = WireSubject.echo("epoll", "epoll").onNatives();
    private static final Subject ECHO_URING = WireSubject.echo("io_uring", "io_uring").onNatives();
    private static final List<Subject> SERVED_BY =
            List.of(ECHO_NIO, ECHO_EPOLL, ECHO_URING, NIO, EPOLL);
    private static final Subject SHARED = WireSubject.counter("shared", "--layout", "shared");
    private static final Subject SPIN =
            WireSubject.counter("spin", "--layout", "compact", "--idle", "spin").spinning();
    private static final Subject EXCHANGE_COMPACT =
            WireSubject.exchange("compact", "--layout", "compact");
    private static final Subject EXCHANGE_SHARED =
            WireSubject.exchange("shared", "--layout", "shared");

    /** One account of a hundred has more orders than usual, and a million of them take memory. */
    private static final Subject EXCHANGE_LARGE =
            WireSubject.exchange("compact, 2 GiB", "--layout", "compact", "--open-orders-max", "0")
                    .on("-Xms2g", "-Xmx2g");

    private static final Subject LOCAL_AUTO = LocalSubject.counter("auto", "--layout", "auto");
    private static final Subject LOCAL_COMPACT =
            LocalSubject.counter("compact", "--layout", "compact");
    private static final Subject LOCAL_SPIN =
            LocalSubject.counter("spin", "--layout", "compact", "--idle", "spin");
    private static final Subject LOCAL_DOOR = LocalSubject.door();
    private static final Subject CHRONICLE = LocalSubject.chronicle();
    private static final Subject AERON_UDP = new AeronSubject(2, false);
    private static final Subject AERON_UDP_UNSYNCED = new AeronSubject(0, false);
    private static final Subject AERON_IPC = new AeronSubject(2, true);
    private static final Subject RATIS = new RatisSubject(20);

    abstract List<Case> cases();

    /** Whose ratios are reported. */
    abstract List<Pair> pairs();

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The subjects alternate; the windows follow each other. */
    private static List<Case> closed(List<Subject> subjects, int... windows) {
        List<Case> cases = new ArrayList<>();
        for (int window : windows) {
            subjects.forEach(subject -> cases.add(Case.closed(subject, window)));
        }
        return cases;
    }

    private static <T> List<T> all(List<List<T>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
