package io.melin.sample.exchange.web;

import io.melin.sample.exchange.wire.ExchangeReport;
import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/** What a mutation did: its place in the one order, and what it caused. */
record Answer(
        long sequence,
        @JsonSerialize(contentUsing = ReportSerializer.class) List<ExchangeReport> reports) {}
