package io.melin.bench.client;

import io.melin.sample.exchange.load.ClientFlow;
import io.melin.sample.exchange.load.Market;
import picocli.CommandLine.Option;

/** What the clients of an exchange trade; left out, it is as its own load generator has it. */
final class FlowOptions {
    private static final long SEED = 42;

    @Option(names = "--accounts")
    private int accounts = 10_000;

    @Option(names = "--instruments")
    private int instruments = 100;

    @Option(names = "--open-orders", description = "over all connections")
    private int openOrders = 16_384;

    @Option(names = "--even", description = "every account trades, instead of a few most")
    private boolean isEven;

    /**
     * @param index of one of the connections, from 0
     */
    ClientFlow flow(int index, int connections) {
        Market market = new Market(accounts, instruments, isEven);
        int share = Math.max(1, openOrders / connections);
        return new ClientFlow(new ClientFlow.Plan(market, share, SEED), index);
    }
}
