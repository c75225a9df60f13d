package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;

/**
 * A line of a LOBSTER message file.
 *
 * @param orderId the resting order's id; 0 for a hidden one
 * @param size new or executed or taken away; in shares
 * @param price dollars times 10,000
 * @param side of the resting order, also for an execution
 */
record LobsterMessage(Type type, long orderId, long size, long price, Side side) {

    /** What happened; {@code OTHER} is known to the format and says nothing about the book. */
    enum Type {
        NEW,
        PARTIAL_CANCEL,
        DELETE,
        EXECUTION,
        HIDDEN_EXECUTION,
        HALT,
        OTHER;

        static Type of(long code) {
            return switch ((int) code) {
                case 1 -> NEW;
                case 2 -> PARTIAL_CANCEL;
                case 3 -> DELETE;
                case 4 -> EXECUTION;
                case 5 -> HIDDEN_EXECUTION;
                case 7 -> HALT;
                default -> OTHER;
            };
        }
    }

    /** Whether the message says something about an order in the book. */
    boolean isAboutTheBook() {
        return switch (type) {
            case NEW, PARTIAL_CANCEL, DELETE, EXECUTION -> true;
            case HIDDEN_EXECUTION, HALT, OTHER -> false;
        };
    }
}
