package io.melin.bench.counter;

/** A flyweight: a number, and how many bytes it takes with what fills it up. */
public final class Number {
    int bytes;
    long value;

    Number(int bytes) {
        this.bytes = bytes;
    }
}
