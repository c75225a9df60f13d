package io.melin.bench.exchange;

import io.melin.bench.node.NodeServer;
import io.melin.journaled.JournaledApplication;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.gateway.ExchangeProtocol;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.shadow.SnapshotConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A node with the sample exchange behind its gateway, until it is killed. */
@CommandLine.Command(name = "exchange")
public final class ExchangeServer implements Callable<Integer> {
    @Mixin private NodeServer server = new NodeServer();

    @Option(names = "--open-orders-max", description = "of an account, 0 for no limit")
    private int openOrdersMax = ExchangeApplication.OPEN_ORDERS_MAX;

    public static void main(String[] arguments) {
        NodeServer.main(new ExchangeServer(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        server.serve(
                new JournaledApplication.Program<>(
                        new ExchangeApplication(openOrdersMax),
                        new ExchangeEventCodec(),
                        new ExchangeReportCodec()),
                new ExchangeProtocol(),
                SnapshotConfig.OFF);
        return 0;
    }
}
