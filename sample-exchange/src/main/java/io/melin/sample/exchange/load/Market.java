package io.melin.sample.exchange.load;

/**
 * What there is to trade, and who trades it.
 *
 * @param isEven whether every account trades as often as any other, instead of a few doing most
 */
public record Market(int accounts, int instruments, boolean isEven) {

    /** One whose accounts trade as the flows say. */
    public static Market of(int accounts, int instruments) {
        return new Market(accounts, instruments, false);
    }
}
