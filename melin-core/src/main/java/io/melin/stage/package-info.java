/**
 * Duty cycles and what drives them: threads, idling, wake-ups, cores, fail-stop; start at {@link
 * Stage} and {@link StageRunner}.
 */
@NullMarked
package io.melin.stage;

import org.jspecify.annotations.NullMarked;
