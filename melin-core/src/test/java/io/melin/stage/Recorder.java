package io.melin.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes its calls, and works or fails as it is told. */
class Recorder implements Stage {
    final List<String> calls;
    private final String name;
    private int work = 1;
    @Nullable Throwable failure;
    @Nullable RuntimeException closeFailure;
    long sequence;

    Recorder(String name, List<String> calls) {
        this.name = name;
        this.calls = calls;
    }

    Recorder quiet() {
        work = 0;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onStart() {
        calls.add(name + " start");
    }

    @Override
    public int doWork() throws Exception {
        calls.add(name + " work");
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return work;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void onClose() {
        calls.add(name + " close");
        if (closeFailure != null) {
            throw closeFailure;
        }
    }
}
