package io.melin.sample.exchange.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code echo}: a bare server that sends back what it receives, until it is ended. */
@Command(
        name = "echo",
        sortOptions = false,
        description = "A bare echo server, for load --target echo.")
public final class EchoCommand implements Callable<Integer> {
    public static final String USAGE = "echo --port P [--host H]";

    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "${DEFAULT-VALUE}")
    private String host = "";

    @Option(names = "--port", required = true, paramLabel = "P", description = "0: any free one")
    private int port;

    private EchoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * @param arguments what follows the word {@code echo}
     * @return the exit code: 1 the port cannot be had, 2 wrong usage; else it does not return
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return LoadCommand.execute(new EchoCommand(out, err), arguments, out, err);
    }

    @Override
    public Integer call() {
        try (EchoServer server = new EchoServer(host, port)) {
            out.println("echo: listens, host=" + host + ", port=" + server.port());
            server.run();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            err.println("echo: failed: " + e);
            return FAILED;
        }
    }
}
