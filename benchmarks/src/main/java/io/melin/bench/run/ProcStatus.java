package io.melin.bench.run;

import java.io.IOException;
import java.util.List;

/** What Linux says about a process. */
final class ProcStatus {
    private static final String RESIDENT = "VmRSS:";

    private ProcStatus() {}

    static long residentKiB(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + RESIDENT);
    }
}
