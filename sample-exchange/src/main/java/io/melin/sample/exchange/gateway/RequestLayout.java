package io.melin.sample.exchange.gateway;

/**
 * The payloads of requests, little-endian, without gaps; docs/exchange-protocol.md has their
 * tables.
 */
final class RequestLayout {
    private RequestLayout() {}

    /** What an order begins with, whatever its type. */
    static final class SubmitHead {
        static final int SYMBOL = 0;
        static final int ORDER_ID = SYMBOL + Integer.BYTES;
        static final int ACCOUNT = ORDER_ID + Long.BYTES;
        static final int SIDE = ACCOUNT + Integer.BYTES;
        static final int TYPE = SIDE + Byte.BYTES;
        static final int END = TYPE + Byte.BYTES;

        private SubmitHead() {}
    }

    /** What an order ends with, behind its prices. */
    static final class SubmitTail {
        static final int TIME_IN_FORCE = 0;
        static final int QUANTITY = TIME_IN_FORCE + Byte.BYTES;
        static final int SELF_TRADE_PREVENTION = QUANTITY + Long.BYTES;
        static final int END = SELF_TRADE_PREVENTION + Byte.BYTES;

        private SubmitTail() {}
    }

    static final class Cancel {
        static final int SYMBOL = 0;
        static final int ACCOUNT = SYMBOL + Integer.BYTES;
        static final int ORDER_ID = ACCOUNT + Integer.BYTES;
        static final int END = ORDER_ID + Long.BYTES;

        private Cancel() {}
    }

    static final class CancelReplace {
        static final int SYMBOL = 0;
        static final int ACCOUNT = SYMBOL + Integer.BYTES;
        static final int ORDER_ID = ACCOUNT + Integer.BYTES;
        static final int PRICE = ORDER_ID + Long.BYTES;
        static final int QUANTITY = PRICE + Long.BYTES;
        static final int END = QUANTITY + Long.BYTES;

        private CancelReplace() {}
    }

    static final class AddInstrument {
        static final int SYMBOL = 0;
        static final int BASE = SYMBOL + Integer.BYTES;
        static final int QUOTE = BASE + Integer.BYTES;
        static final int END = QUOTE + Integer.BYTES;

        private AddInstrument() {}
    }

    /** A deposit or a withdrawal. */
    static final class Transfer {
        static final int ACCOUNT = 0;
        static final int CURRENCY = ACCOUNT + Integer.BYTES;
        static final int AMOUNT = CURRENCY + Integer.BYTES;
        static final int END = AMOUNT + Long.BYTES;

        private Transfer() {}
    }

    static final class QueryPosition {
        static final int ACCOUNT = 0;
        static final int END = ACCOUNT + Integer.BYTES;

        private QueryPosition() {}
    }
}
