package io.melin.spring.boot.autoconfigure.lifecycle;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * One daemon thread for what follows from a change of state, in order: a change is told on the
 * thread that caused it, which must not run the listeners of an application. It ends when it is
 * idle.
 */
final class ControlThread implements Executor, DisposableBean {
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    ControlThread() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("melin-control-");
        threads.setDaemon(true);
        executor =
                new ThreadPoolExecutor(
                        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
        // What is reported after the context has closed has no one left to hear it.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void destroy() {
        executor.shutdownNow();
    }
}
