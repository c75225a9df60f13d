package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.stage.LayoutException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Leads from threads and cores that cannot be had to their properties. */
final class LayoutFailureAnalyzer extends AbstractFailureAnalyzer<LayoutException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, LayoutException cause) {
        return new FailureAnalysis(
                "The threads of the pipeline cannot run as configured:\n\n    "
                        + cause.getMessage()
                        + "\n",
                "Change 'melin.stages.cores', 'melin.stages.idle' or"
                        + " 'melin.stages.layout'; with 'auto' and no cores"
                        + " the node runs on whatever the process has.",
                cause);
    }
}
