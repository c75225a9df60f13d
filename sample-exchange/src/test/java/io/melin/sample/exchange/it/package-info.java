/** The packaged jar from outside: real process, real sockets, real disk. */
@NullMarked
package io.melin.sample.exchange.it;

import org.jspecify.annotations.NullMarked;
