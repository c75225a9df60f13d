package io.melin.sample.exchange.load;

import io.melin.sample.exchange.domain.Side;
import java.util.SplittableRandom;

/**
 * What is drawn at random for one client: the distributions of the flows. Powers come from tables,
 * since a client that computes them while it measures is measured too. One thread.
 */
final class Draws {
    static final int MID = 10_000;

    private static final double FAR = 0.05;
    private static final int NEAR_MIN = 50;
    private static final int FAR_MIN = 1_500;
    private static final int FAR_MAX = 2_000_000;
    private static final double AGGRESSIVE = 0.10;

    private static final double ODD_LOTS = 0.25;
    private static final double ROUND_LOTS = ODD_LOTS + 0.65;
    private static final double MULTIPLES = ROUND_LOTS + 0.07;
    private static final int LOT = 100;
    private static final int QUANTITY_MAX = 100_000;
    private static final int[] OF_LOTS = {2, 2, 3, 5, 10};

    private static final int TABLE = 1 << 14;
    private static final int[] ODD = oddLots();

    private final SplittableRandom random;
    private final Flow flow;
    private final Market market;

    Draws(SplittableRandom random, Flow flow, Market market) {
        this.random = random;
        this.flow = flow;
        this.market = market;
    }

    /** The generator of one client: split off, or for {@link Flow#COMPAT} the same for each. */
    static SplittableRandom random(Flow flow, long seed, int client) {
        SplittableRandom random = new SplittableRandom(seed);
        if (flow == Flow.COMPAT) {
            return random;
        }
        for (int before = 0; before < client; before++) {
            random.split();
        }
        return random.split();
    }

    /** Uniform from 0 to below 1. */
    double unit() {
        return random.nextDouble();
    }

    Side side() {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    /** Zipf-like, about 1 / k^2; {@link Flow#COMPAT} never draws account 1. */
    int account() {
        if (market.isEven()) {
            return anyAccount();
        }
        int accounts = market.accounts();
        double u = random.nextDouble();
        double k = 1 / (1 - u + u / accounts);
        int account = (int) (flow == Flow.COMPAT ? Math.ceil(k) : k);
        return Math.min(account, accounts);
    }

    /** Uniform over all accounts. */
    int anyAccount() {
        return 1 + random.nextInt(market.accounts());
    }

    /** Uniform; {@link Flow#COMPAT} draws 1 to N where 0 to N - 1 exist. */
    int symbol() {
        int symbol = random.nextInt(market.instruments());
        return flow == Flow.COMPAT ? symbol + 1 : symbol;
    }

    /** A tenth lies on the other side of the mid. */
    long price(Side side) {
        int offset = offset();
        boolean isBelow = side == Side.BUY ^ random.nextDouble() < AGGRESSIVE;
        return price(isBelow, offset);
    }

    /** On its own side of the mid, where it meets no order of its kind. */
    long restingPrice(Side side) {
        return price(side == Side.BUY, offset());
    }

    private static long price(boolean isBelow, int offset) {
        return isBelow ? Math.max(1, MID - offset) : MID + offset;
    }

    /** Distance from the mid: a power law, near and far. */
    int offset() {
        boolean isFar = random.nextDouble() < FAR;
        double rest = 1 - random.nextDouble();
        double offset = (isFar ? FAR_MIN : NEAR_MIN) / (rest * rest);
        return (int) Math.min(offset, isFar ? FAR_MAX : FAR_MIN);
    }

    int quantity() {
        double u = random.nextDouble();
        if (u < ODD_LOTS) {
            return ODD[random.nextInt(TABLE)];
        }
        if (u < ROUND_LOTS) {
            return LOT;
        }
        return u < MULTIPLES
                ? LOT * OF_LOTS[random.nextInt(OF_LOTS.length)]
                : (int) Math.min(LOT / (1 - random.nextDouble()), QUANTITY_MAX);
    }

    /** Index of the order to cancel or replace, newest last; {@link Flow#COMPAT} takes old ones. */
    int victim(int live) {
        double u = random.nextDouble();
        int fromEnd = (int) (u * u * live);
        return flow == Flow.COMPAT ? fromEnd : live - 1 - fromEnd;
    }

    private static int[] oddLots() {
        int[] lots = new int[TABLE];
        for (int i = 0; i < TABLE; i++) {
            double rest = 1 - (i + 0.5) / TABLE;
            lots[i] = (int) Math.min(Math.pow(rest, -1 / 0.15), LOT - 1);
        }
        return lots;
    }
}
