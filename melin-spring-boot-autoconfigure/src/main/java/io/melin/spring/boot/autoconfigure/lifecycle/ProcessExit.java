package io.melin.spring.boot.autoconfigure.lifecycle;

/** How a process ends; the port that tests replace. */
interface ProcessExit {

    /** Closes the application and ends the process; does not return in production. */
    void exit(int code);

    /** Ends the process at once, without any clean-up. */
    void halt(int code);
}
