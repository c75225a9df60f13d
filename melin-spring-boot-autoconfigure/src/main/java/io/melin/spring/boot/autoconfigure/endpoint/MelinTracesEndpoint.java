package io.melin.spring.boot.autoconfigure.endpoint;

import io.melin.node.MelinNode;
import io.melin.trace.LatencyTrace;
import io.melin.trace.StageTag;
import io.melin.trace.TraceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Where the last and the slowest sampled events spent their time, in nanoseconds. */
@Endpoint(id = "melintraces", defaultAccess = Access.READ_ONLY)
public final class MelinTracesEndpoint {
    private final MelinNode<?, ?> node;
    private final int sampleEvery;

    MelinTracesEndpoint(MelinNode<?, ?> node, int sampleEvery) {
        this.node = node;
        this.sampleEvery = sampleEvery;
    }

    @ReadOperation
    public Map<String, Object> traces() {
        LatencyTrace trace = node.meters().pipeline().latency();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sampleEvery", sampleEvery);
        view.put("discarded", trace.discarded());
        view.put("last", records(trace.log().last()));
        view.put("slowest", records(trace.log().slowest()));
        return view;
    }

    private static List<Map<String, Object>> records(List<TraceRecord> records) {
        return records.stream().map(MelinTracesEndpoint::view).toList();
    }

    private static Map<String, Object> view(TraceRecord trace) {
        Map<String, Object> stages = new LinkedHashMap<>();
        for (StageTag stage : StageTag.TRACED) {
            trace.spanNs(stage).ifPresent(spanNs -> stages.put(stage.text(), spanNs));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sequence", trace.sequence());
        view.put("endToEndNs", trace.endToEndNs());
        view.put("stagesNs", stages);
        return view;
    }
}
