package io.melin.health;

/** Whether traffic should be sent to the node. */
public enum Readiness {
    ACCEPTING,
    REFUSING
}
