package io.melin.bench.part;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for one part of one run. It ends with this one, and at the latest at close. */
public final class Forked implements AutoCloseable {
    /** Name of a system property: the home of the JVM of every process that is forked. */
    public static final String HOME = "melin.bench.java.home";

    /** Begins the line of a process that cannot have what was asked for, before the reason. */
    public static final String REFUSED = "REFUSED";

    /** Options of every JVM that is measured. */
    public static final List<String> JVM =
            List.of(
                    "-Xms512m",
                    "-Xmx512m",
                    "-XX:+UseParallelGC",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseTransparentHugePages",
                    "-XX:-UsePerfData");

    private final Process process;
    private final BufferedReader out;
    private boolean isSuspendable;

    private Forked(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts a main class of this class path, with the JVM of {@link #java}. */
    public static Forked start(Class<?> main, List<String> arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** The same, with options for the JVM. */
    public static Forked start(List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(JVM);
        all.addAll(options);
        return startBare(all, main, arguments);
    }

    /** The same, with these options for the JVM and no others. */
    public static Forked startBare(List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of("-cp", classPath()));
        command.addAll(options); // which may name another class path: the last one counts
        command.add(main.getName());
        command.addAll(arguments);
        return new Forked(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /**
     * Starts a program of any kind, which ends with this one unless this one is killed.
     *
     * @param log for all that it says
     */
    public static Forked launch(List<String> command, Path log) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Forked(process);
    }

    /** Of this JVM. */
    public static String classPath() {
        return Objects.requireNonNull(System.getProperty("java.class.path"));
    }

    /** The program that starts the JVM of every process: of this JVM, or of another home. */
    public static String java() {
        String other = System.getProperty(HOME);
        String own = Objects.requireNonNull(System.getProperty("java.home"));
        return Path.of(other == null ? own : other, "bin", "java").toString();
    }

    /**
     * Waits for the line that begins with a word.
     *
     * @return the rest of that line
     * @throws RefusedException if it says that it refuses instead
     * @throws IOException if the process ends without it
     */
    public String await(String word) throws IOException {
        String line = out.readLine();
        while (line != null) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).trim();
            }
            if (line.startsWith(REFUSED)) {
                throw new RefusedException(line.substring(REFUSED.length()).trim());
            }
            line = out.readLine();
        }
        throw new IOException("a process ended before it said " + word);
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Stops it where it is (SIGSTOP), until {@link #resume}. One that is stopped does not see this
     * process end: what this one does not close it kills at its own end.
     */
    public void suspend() throws IOException, InterruptedException {
        if (!isSuspendable) {
            isSuspendable = true;
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        }
        signal("STOP");
    }

    /** After {@link #suspend}. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new IOException("no signal: name=" + name + ", process=" + process.info());
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for an end in success.
     *
     * @throws IOException for any other
     */
    public void join(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("a process failed: " + process.info());
        }
    }

    /**
     * Asks it to end, which gives it time to write what it has recorded.
     *
     * @throws IOException if it does not in time
     */
    public void end(Duration timeout) throws IOException, InterruptedException {
        process.toHandle().destroy(); // the process itself would also close its input: a halt
        if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("a process does not end: " + process.info());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Called by a forked main class: ends its process when the one that forked it is gone. */
    public static void endWithParent() {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    Thread.onSpinWait(); // nobody writes
                                }
                            } catch (IOException e) {
                                // the same as its end
                            }
                            Runtime.getRuntime().halt(1);
                        },
                        "end-with-parent");
        thread.setDaemon(true);
        thread.start();
    }
}
