package io.melin.sample.exchange.load;

/** Which requests are made; docs/load.md has the distributions. */
public enum Flow {
    /** As measured on a real market, with what is wrong in {@link #COMPAT} put right. */
    FIXED("fixed"),
    /** One seed for every client, a symbol that does not exist, the oldest orders cancelled. */
    COMPAT("compat"),
    /** As {@link #FIXED}, but every order is a plain limit order that may rest. */
    LIMIT_ONLY("limit-only");

    private final String word;

    Flow(String word) {
        this.word = word;
    }

    /** As the command line has it. */
    @Override
    public String toString() {
        return word;
    }
}
