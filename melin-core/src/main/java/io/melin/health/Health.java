package io.melin.health;

/** The node's health as an operator's tool shows it. */
public enum Health {
    UP,
    OUT_OF_SERVICE,
    DOWN
}
