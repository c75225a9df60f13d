package io.melin.sample.exchange.web;

import io.melin.sample.exchange.wire.ExchangeReport;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** A report as JSON: its kind first, then the fields of that kind. */
final class ReportSerializer extends ValueSerializer<ExchangeReport> {

    @Override
    public void serialize(ExchangeReport report, JsonGenerator out, SerializationContext context) {
        out.writeStartObject();
        out.writeStringProperty("kind", report.kind().name());
        switch (report.kind()) {
            case PLACED -> writePlaced(report, out);
            case FILL -> writeFill(report, out);
            case CANCELLED -> {
                writeOrder(report, out);
                out.writeNumberProperty("remaining", report.quantity());
            }
            case REPLACED -> writeReplaced(report, out);
            case REJECTED -> writeRejected(report, out);
        }
        out.writeEndObject();
    }

    private static void writeOrder(ExchangeReport report, JsonGenerator out) {
        out.writeNumberProperty("orderId", report.orderId());
        out.writeStringProperty("symbol", report.name().toString());
        out.writeNumberProperty("account", report.account());
    }

    private static void writePlaced(ExchangeReport report, JsonGenerator out) {
        writeOrder(report, out);
        out.writeStringProperty("side", report.side().name());
        out.writeNumberProperty("price", report.price());
        out.writeNumberProperty("quantity", report.quantity());
    }

    private static void writeFill(ExchangeReport report, JsonGenerator out) {
        out.writeNumberProperty("makerOrderId", report.makerOrderId());
        out.writeNumberProperty("takerOrderId", report.orderId());
        out.writeStringProperty("symbol", report.name().toString());
        out.writeNumberProperty("makerAccount", report.makerAccount());
        out.writeNumberProperty("takerAccount", report.account());
        out.writeStringProperty("takerSide", report.side().name());
        out.writeNumberProperty("price", report.price());
        out.writeNumberProperty("quantity", report.quantity());
        out.writeNumberProperty("makerFee", report.makerFee());
        out.writeNumberProperty("takerFee", report.takerFee());
    }

    private static void writeReplaced(ExchangeReport report, JsonGenerator out) {
        writeOrder(report, out);
        out.writeStringProperty("side", report.side().name());
        out.writeNumberProperty("oldPrice", report.oldPrice());
        out.writeNumberProperty("newPrice", report.price());
        out.writeNumberProperty("oldQuantity", report.oldQuantity());
        out.writeNumberProperty("newQuantity", report.quantity());
    }

    /** Only what the rejected request has: a transfer has no order, an instrument no account. */
    private static void writeRejected(ExchangeReport report, JsonGenerator out) {
        switch (report.request()) {
            case SUBMIT, CANCEL, CANCEL_REPLACE -> writeOrder(report, out);
            case DEPOSIT, WITHDRAW -> {
                out.writeNumberProperty("account", report.account());
                out.writeStringProperty("currency", report.name().toString());
            }
            case ADD_INSTRUMENT -> out.writeStringProperty("symbol", report.name().toString());
        }
        out.writeStringProperty("reason", report.reason().name());
    }
}
