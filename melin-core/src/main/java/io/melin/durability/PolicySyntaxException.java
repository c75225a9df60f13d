package io.melin.durability;

/** A durability policy that cannot be read; the message names the token and lists what is legal. */
public final class PolicySyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String policy;
    private final String token;

    PolicySyntaxException(String policy, String token, String problem) {
        super(problem + ": policy=" + policy + ", token=" + token + "; legal are " + legal());
        this.policy = policy;
        this.token = token;
    }

    /** The whole text. */
    public String policy() {
        return policy;
    }

    /** The part of it that is wrong. */
    public String token() {
        return token;
    }

    private static String legal() {
        return "the names "
                + String.join(", ", Policy.names())
                + ", or clauses joined by && such as persisted>=1 && in_memory>=2 (levels "
                + Level.PERSISTED.text()
                + " and "
                + Level.IN_MEMORY.text()
                + ", counts 1 to "
                + Clause.COUNT_MAX
                + ")";
    }
}
