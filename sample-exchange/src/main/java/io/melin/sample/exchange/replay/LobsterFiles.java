package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads LOBSTER's comma separated files. A line that does not fit ends the reading. */
final class LobsterFiles {
    /** Stands for the price of a level that does not exist. */
    private static final long NO_PRICE = 9_999_999_999L;

    private static final int MESSAGE_COLUMNS = 6;

    private LobsterFiles() {}

    /** A line is: seconds, type, order id, size, price, direction (1 buy, -1 sell). */
    static List<LobsterMessage> messages(Path file) throws IOException {
        List<LobsterMessage> messages = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            String[] columns = line.split(",", -1);
            int row = messages.size() + 1;
            if (columns.length < MESSAGE_COLUMNS) {
                throw damaged(file, row, "columns=" + columns.length + ", expected=6");
            }
            long type = number(file, row, columns[1]);
            long direction = number(file, row, columns[5]);
            if (direction != 1 && direction != -1) {
                throw damaged(file, row, "direction=" + direction + ", expected=1 or -1");
            }
            messages.add(
                    new LobsterMessage(
                            LobsterMessage.Type.of(type),
                            number(file, row, columns[2]),
                            number(file, row, columns[3]),
                            number(file, row, columns[4]),
                            direction == 1 ? Side.BUY : Side.SELL));
        }
        return messages;
    }

    /** A line is, for each level: ask price, ask size, bid price, bid size. */
    static List<LobsterRow> rows(Path file) throws IOException {
        List<LobsterRow> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            String[] columns = line.split(",", -1);
            int row = rows.size() + 1;
            if (columns.length % 4 != 0) {
                throw damaged(file, row, "columns=" + columns.length + ", expected=4 a level");
            }
            List<LobsterRow.Level> bids = new ArrayList<>();
            List<LobsterRow.Level> asks = new ArrayList<>();
            for (int i = 0; i < columns.length; i += 4) {
                add(asks, number(file, row, columns[i]), number(file, row, columns[i + 1]));
                add(bids, number(file, row, columns[i + 2]), number(file, row, columns[i + 3]));
            }
            rows.add(new LobsterRow(bids, asks));
        }
        return rows;
    }

    private static void add(List<LobsterRow.Level> levels, long price, long quantity) {
        if (Math.abs(price) != NO_PRICE && quantity > 0) {
            levels.add(new LobsterRow.Level(price, quantity));
        }
    }

    private static long number(Path file, int row, String text) throws ReplayException {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw damaged(file, row, "not an integer: text=" + text);
        }
    }

    private static ReplayException damaged(Path file, int row, String what) {
        return new ReplayException(
                "not a LOBSTER file: file=" + file + ", line=" + row + ", " + what);
    }
}
