package io.melin.durability;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Policies as names, expressions and wire bytes. */
final class PolicyText {
    private static final String AND = "&&";
    private static final String AT_LEAST = ">=";

    private PolicyText() {}

    /**
     * The index is the wire byte (D2). A holder, since {@link Policy} builds itself by this class.
     */
    private static final class Named {
        static final List<String> NAMES = List.of("disk", "disk+ram", "two-disks", "ram");
        static final List<Policy> POLICIES =
                List.of(Policy.DISK, Policy.DISK_AND_RAM, Policy.TWO_DISKS, Policy.RAM);
        static final Map<String, String> FORMER =
                Map.of(
                        "local", "disk",
                        "hybrid", "disk+ram",
                        "durably-replicated", "two-disks",
                        "replicated", "ram");
    }

    static Policy parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        int named = Named.NAMES.indexOf(Named.FORMER.getOrDefault(word, word));
        if (named >= 0) {
            return Named.POLICIES.get(named);
        }
        if (word.isEmpty()) {
            throw new PolicySyntaxException(text, "''", "a durability policy is empty");
        }
        if (!word.contains(AT_LEAST) && !word.contains(AND)) {
            throw new PolicySyntaxException(text, text.strip(), "unknown durability policy");
        }
        List<Clause> clauses =
                List.of(text.split(AND, -1)).stream().map(part -> clause(text, part)).toList();
        return Policy.of(clauses);
    }

    private static Clause clause(String text, String part) {
        String token = part.strip();
        if (token.isEmpty()) {
            throw new PolicySyntaxException(text, "''", "a clause is missing beside " + AND);
        }
        int operator = token.indexOf(AT_LEAST);
        if (operator < 0) {
            throw new PolicySyntaxException(text, token, "a clause lacks its " + AT_LEAST);
        }
        String level = token.substring(0, operator).strip();
        String count = token.substring(operator + AT_LEAST.length()).strip();
        return new Clause(level(text, level), count(text, count));
    }

    private static Level level(String text, String token) {
        for (Level level : Level.values()) {
            if (level.text().equals(token.toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw new PolicySyntaxException(text, token.isEmpty() ? "''" : token, "unknown level");
    }

    private static int count(String text, String token) {
        boolean isDigit = token.length() == 1 && token.charAt(0) >= '1';
        if (!isDigit || token.charAt(0) - '0' > Clause.COUNT_MAX) {
            throw new PolicySyntaxException(
                    text, token.isEmpty() ? "''" : token, "a count is out of range");
        }
        return token.charAt(0) - '0';
    }

    /** D1: persisted first, then by count, without what another clause covers. */
    static List<Clause> canonical(List<Clause> clauses) {
        List<Clause> distinct = clauses.stream().distinct().toList();
        return distinct.stream()
                .filter(clause -> distinct.stream().noneMatch(o -> o != clause && o.covers(clause)))
                .sorted(
                        Comparator.comparing(Clause::level)
                                .reversed()
                                .thenComparingInt(Clause::count))
                .toList();
    }

    static Optional<String> renamed(String text) {
        return Optional.ofNullable(Named.FORMER.get(text.strip().toLowerCase(Locale.ROOT)));
    }

    static List<String> names() {
        return Named.NAMES;
    }

    static Optional<Policy> fromWire(int wireByte) {
        boolean isKnown = wireByte >= 0 && wireByte < Named.POLICIES.size();
        return isKnown ? Optional.of(Named.POLICIES.get(wireByte)) : Optional.empty();
    }

    static int wireByte(Policy policy) {
        int index = Named.POLICIES.indexOf(policy);
        return index < 0 ? Policy.WIRE_UNKNOWN : index;
    }

    static String expression(Policy policy) {
        return policy.clauses().stream()
                .map(Clause::toString)
                .collect(Collectors.joining(" " + AND + " "));
    }

    static String format(Policy policy) {
        int index = Named.POLICIES.indexOf(policy);
        return index < 0 ? expression(policy) : Named.NAMES.get(index);
    }
}
