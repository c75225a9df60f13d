/** What can keep a node from starting, as exceptions that carry the facts and as analyses. */
@NullMarked
package io.melin.spring.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
