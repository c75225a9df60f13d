package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Name;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code replay FILE [--book FILE] [--target host:port]}. */
public final class ReplayCommand {
    public static final String USAGE = "replay FILE [--book FILE] [--target host:port]";

    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    public ReplayCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private record Options(String file, @Nullable String book, @Nullable String target) {}

    /**
     * @param arguments what follows the word {@code replay}
     * @return the exit code: 0 the books agree, 1 they do not or the run failed, 2 wrong usage
     */
    public int run(List<String> arguments) {
        Options options = parse(arguments);
        if (options == null) {
            err.println("usage: " + USAGE);
            return WRONG_USAGE;
        }
        try (ReplayTarget target = open(options)) {
            ReplayCounts counts = replay(options, target);
            out.println(counts.summary());
            return counts.isGood() ? GOOD : FAILED;
        } catch (IOException e) {
            err.println("replay: failed: " + e);
            return FAILED;
        }
    }

    private ReplayCounts replay(Options options, ReplayTarget target) throws IOException {
        LobsterReplay replay = new LobsterReplay(target, out);
        List<LobsterMessage> messages = LobsterFiles.messages(Path.of(options.file()));
        return options.book() == null
                ? replay.run(messages)
                : replay.run(messages, LobsterFiles.rows(Path.of(options.book())));
    }

    private static ReplayTarget open(Options options) throws IOException {
        Name symbol = symbol(options.file());
        return options.target() == null
                ? new InProcessTarget(symbol)
                : HttpTarget.open(options.target(), symbol);
    }

    /** The first word of the file's name, which LOBSTER makes the ticker. */
    private static Name symbol(String file) {
        Path name = Path.of(file).getFileName();
        String ticker = name == null ? "" : name.toString().split("_", 2)[0];
        return Name.of(Name.isValid(ticker) && ticker.length() <= 8 ? ticker : "REPLAY");
    }

    private static @Nullable Options parse(List<String> arguments) {
        String file = null;
        String book = null;
        String target = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean option = argument.startsWith("--");
            if (option && i + 1 == arguments.size()) {
                return null;
            }
            if (argument.equals("--book") && book == null) {
                book = arguments.get(++i);
            } else if (argument.equals("--target") && target == null) {
                target = arguments.get(++i);
            } else if (!option && file == null) {
                file = argument;
            } else {
                return null;
            }
        }
        boolean addressed = target == null || target.matches("[^:/ ]+:\\d{1,5}");
        return file == null || !addressed ? null : new Options(file, book, target);
    }
}
