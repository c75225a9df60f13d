package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.wire.ExchangeReport;

/** A report on one line, as scenarios and the naive exchange write them. */
final class ReportText {
    private ReportText() {}

    static String of(ExchangeReport report) {
        String order = report.account() + "/" + report.orderId();
        return switch (report.kind()) {
            case PLACED ->
                    "PLACED %s %s %d@%d %s"
                            .formatted(
                                    order,
                                    report.side(),
                                    report.quantity(),
                                    report.price(),
                                    report.name());
            case FILL ->
                    "FILL %s %s %d@%d maker %d/%d %s"
                            .formatted(
                                    order,
                                    report.side(),
                                    report.quantity(),
                                    report.price(),
                                    report.makerAccount(),
                                    report.makerOrderId(),
                                    report.name());
            case CANCELLED ->
                    "CANCELLED %s %d %s".formatted(order, report.quantity(), report.name());
            case REPLACED ->
                    "REPLACED %s %s %d@%d from %d@%d %s"
                            .formatted(
                                    order,
                                    report.side(),
                                    report.quantity(),
                                    report.price(),
                                    report.oldQuantity(),
                                    report.oldPrice(),
                                    report.name());
            case REJECTED ->
                    "REJECTED %s %s %s %s"
                            .formatted(order, report.request(), report.reason(), report.name());
        };
    }
}
