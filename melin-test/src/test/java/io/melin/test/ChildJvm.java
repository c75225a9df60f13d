package io.melin.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of this JDK with this class path, that says on its standard output, one a line, what it
 * answered. A thread of its own reads it. Threading: any.
 */
final class ChildJvm implements AutoCloseable {
    private static final long WAIT_S = 120;
    private static final int LOG_CHARS = 4_000;

    private final Process process;
    private final Path log;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /**
     * @param wrapper a command that runs the rest of its line, such as a tracer
     */
    static ChildJvm start(List<String> wrapper, Class<?> main, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(property("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", property("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = Files.createTempFile("child", ".log");
        return new ChildJvm(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was heard until now. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    int count() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** The last number that was heard, or {@code none}. */
    long last(long none) {
        synchronized (lines) {
            return lines.isEmpty() ? none : Long.parseLong(lines.get(lines.size() - 1));
        }
    }

    /** Waits until so many lines were heard, or the process is gone. */
    void await(int count) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        synchronized (lines) {
            while (lines.size() < count && reader.isAlive()) {
                if (System.nanoTime() > endNs) {
                    throw new AssertionError("heard too little: lines=" + lines.size());
                }
                lines.wait(20);
            }
        }
    }

    /** It must not have ended by itself. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError(
                    "the process has ended: code=" + process.exitValue() + ", log=" + log());
        }
    }

    /** The end of what it wrote to its standard error. */
    String log() throws IOException {
        String text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - LOG_CHARS));
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; what was still in the pipe is heard. Not the process's own method: it closes it. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** Waits for its end, and for the end of its output. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(WAIT_S, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end: pid=" + process.pid());
        }
        reader.join(TimeUnit.SECONDS.toMillis(WAIT_S));
        return process.exitValue();
    }

    /** What a wrapper runs goes with it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.onExit().join();
        log.toFile().delete();
    }
}
