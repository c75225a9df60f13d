package io.melin.spring.boot.autoconfigure;

/** Looks at the circumstances of a submit before it is made. Threading: any. */
@FunctionalInterface
interface SubmitGuard {
    SubmitGuard NONE = () -> {};

    /**
     * @throws IllegalStateException if the submit must not be made here
     */
    void check();
}
