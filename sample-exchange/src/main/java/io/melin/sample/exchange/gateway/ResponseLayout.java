package io.melin.sample.exchange.gateway;

/**
 * The payloads of answers, little-endian, without gaps; docs/exchange-protocol.md has their tables.
 */
public final class ResponseLayout {
    private ResponseLayout() {}

    /** An order's rest stands in the book. */
    public static final class Placed {
        public static final int ORDER_ID = 0;
        public static final int SYMBOL = ORDER_ID + Long.BYTES;
        public static final int ACCOUNT = SYMBOL + Integer.BYTES;
        public static final int SIDE = ACCOUNT + Integer.BYTES;
        public static final int PRICE = SIDE + Byte.BYTES;
        public static final int QUANTITY = PRICE + Long.BYTES;
        public static final int END = QUANTITY + Long.BYTES;

        private Placed() {}
    }

    /** A trade. */
    public static final class Fill {
        public static final int MAKER_ORDER_ID = 0;
        public static final int TAKER_ORDER_ID = MAKER_ORDER_ID + Long.BYTES;
        public static final int SYMBOL = TAKER_ORDER_ID + Long.BYTES;
        public static final int MAKER_ACCOUNT = SYMBOL + Integer.BYTES;
        public static final int TAKER_ACCOUNT = MAKER_ACCOUNT + Integer.BYTES;
        public static final int PRICE = TAKER_ACCOUNT + Integer.BYTES;
        public static final int QUANTITY = PRICE + Long.BYTES;
        public static final int MAKER_FEE = QUANTITY + Long.BYTES;
        public static final int TAKER_FEE = MAKER_FEE + Long.BYTES;
        public static final int END = TAKER_FEE + Long.BYTES;

        private Fill() {}
    }

    /** An order, or its rest, is gone. */
    public static final class Cancelled {
        public static final int ORDER_ID = 0;
        public static final int SYMBOL = ORDER_ID + Long.BYTES;
        public static final int ACCOUNT = SYMBOL + Integer.BYTES;
        public static final int REMAINING = ACCOUNT + Integer.BYTES;
        public static final int END = REMAINING + Long.BYTES;

        private Cancelled() {}
    }

    /** A request changed nothing. */
    public static final class Rejected {
        public static final int ORDER_ID = 0;
        public static final int SYMBOL = ORDER_ID + Long.BYTES;
        public static final int ACCOUNT = SYMBOL + Integer.BYTES;
        public static final int REASON = ACCOUNT + Integer.BYTES;
        public static final int END = REASON + Byte.BYTES;

        private Rejected() {}
    }

    /** A resting order has new terms. */
    public static final class Replaced {
        public static final int ORDER_ID = 0;
        public static final int SYMBOL = ORDER_ID + Long.BYTES;
        public static final int ACCOUNT = SYMBOL + Integer.BYTES;
        public static final int SIDE = ACCOUNT + Integer.BYTES;
        public static final int OLD_PRICE = SIDE + Byte.BYTES;
        public static final int NEW_PRICE = OLD_PRICE + Long.BYTES;
        public static final int OLD_QUANTITY = NEW_PRICE + Long.BYTES;
        public static final int NEW_QUANTITY = OLD_QUANTITY + Long.BYTES;
        public static final int END = NEW_QUANTITY + Long.BYTES;

        private Replaced() {}
    }

    /** Answer of QueryStats. */
    public static final class Stats {
        public static final int CONNECTIONS = 0;
        public static final int EVENTS = CONNECTIONS + Long.BYTES;
        public static final int JOURNAL_SEQUENCE = EVENTS + Long.BYTES;
        public static final int END = JOURNAL_SEQUENCE + Long.BYTES;

        private Stats() {}
    }

    /** Answer of QueryPosition, before its balances. */
    public static final class Position {
        public static final int ACCOUNT = 0;
        public static final int COUNT = ACCOUNT + Integer.BYTES;
        public static final int END = COUNT + Byte.BYTES;

        private Position() {}
    }

    /** One balance of a position. */
    public static final class Balance {
        public static final int CURRENCY = 0;
        public static final int AVAILABLE = CURRENCY + Integer.BYTES;
        public static final int RESERVED = AVAILABLE + Long.BYTES;
        public static final int END = RESERVED + Long.BYTES;

        private Balance() {}
    }
}
