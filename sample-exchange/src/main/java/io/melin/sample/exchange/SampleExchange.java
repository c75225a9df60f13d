package io.melin.sample.exchange;

import io.melin.sample.exchange.load.EchoCommand;
import io.melin.sample.exchange.load.LoadCommand;
import io.melin.sample.exchange.replay.ReplayCommand;
import io.melin.sample.exchange.tools.AuditCommand;
import io.melin.sample.exchange.tools.InspectCommand;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the exchange, or runs the command that the first argument names. */
@SpringBootApplication
public class SampleExchange {
    private static final int GOOD = 0;
    private static final int WRONG_USAGE = 2;

    private static final String USAGE =
            """
            usage: java -jar sample-exchange.jar [--NAME=VALUE ...]   starts the exchange
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar %s
                   java -jar sample-exchange.jar help
            Often used: --server.port --server.address --melin.gateway.port
                        --melin.gateway.address --melin.journal.directory\
            """
                    .formatted(
                            LoadCommand.USAGE,
                            EchoCommand.USAGE,
                            ReplayCommand.USAGE,
                            InspectCommand.USAGE,
                            InspectCommand.VERIFY_USAGE,
                            AuditCommand.USAGE);

    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("--")) {
            SpringApplication.run(SampleExchange.class, arguments);
        } else {
            System.exit(command(Arrays.asList(arguments), System.out, System.err));
        }
    }

    /**
     * @return the exit code: 0 good, 1 damage or a failed run, 2 wrong usage
     */
    static int command(List<String> words, PrintStream out, PrintStream err) {
        return switch (words.get(0)) {
            case "help" -> {
                out.println(USAGE);
                yield GOOD;
            }
            case "load" -> LoadCommand.run(words.subList(1, words.size()), out, err);
            case "echo" -> EchoCommand.run(words.subList(1, words.size()), out, err);
            case "replay" -> new ReplayCommand(out, err).run(words.subList(1, words.size()));
            case "inspect" -> InspectCommand.inspect(words.subList(1, words.size()), out, err);
            case "verify" -> InspectCommand.verify(words.subList(1, words.size()), out, err);
            case "audit" -> AuditCommand.run(words.subList(1, words.size()), out, err);
            default -> {
                err.println("unknown command: command=" + words.get(0));
                err.println(USAGE);
                yield WRONG_USAGE;
            }
        };
    }
}
