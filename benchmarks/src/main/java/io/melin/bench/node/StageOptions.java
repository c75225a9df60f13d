package io.melin.bench.node;

import io.melin.pipeline.StageConfig;
import io.melin.stage.Idle;
import io.melin.stage.Layout;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the stages of a node run. */
public final class StageOptions {
    @Option(names = "--layout")
    private Layout layout = Layout.AUTO;

    @Option(names = "--idle")
    private Idle idle = Idle.AUTO;

    public StageConfig config() {
        return new StageConfig(layout, Map.of()).withIdle(idle);
    }
}
