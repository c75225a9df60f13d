package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.node.MelinNode;
import io.melin.trace.LatencyTrace;
import io.melin.trace.StageTag;
import java.util.ArrayList;
import java.util.List;

/** All latency series of a node. */
final class LatencyViews {
    private LatencyViews() {}

    static List<LatencyView> of(MelinNode<?, ?> node) {
        LatencyTrace trace = node.meters().pipeline().latency();
        List<LatencyView> views = new ArrayList<>();
        views.add(new LatencyView(MelinMeter.RESPONSE_LATENCY, null, trace::endToEnd));
        for (StageTag stage : StageTag.TRACED) {
            views.add(new LatencyView(MelinMeter.STAGE_LATENCY, stage, () -> trace.stage(stage)));
        }
        return views;
    }
}
