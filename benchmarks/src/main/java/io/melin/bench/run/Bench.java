package io.melin.bench.run;

import picocli.CommandLine;

/** Measures this machine, Melin and others in one run. */
@CommandLine.Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            AllCommand.class,
            CompareCommand.class,
            OpenCommand.class,
            SnapshotsCommand.class,
            RecoveryCommand.class,
            RestartCommand.class,
            FirstSecondsCommand.class,
            PausesCommand.class,
            MetersCommand.class,
            StartupCommand.class,
            PreparerCommand.class,
            MicroCommand.class
        },
        description = "Measures this machine, Melin and others in one run.")
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true"); // plots are files
        System.exit(line().execute(arguments));
    }

    static CommandLine line() {
        return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
