package io.melin.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a runner really runs.
 *
 * @param name of the thread
 * @param stages in the order of a lap
 * @param threadId the JVM's id, 0 before the start
 * @param tid the kernel's id, 0 where it is not known
 * @param coreWished the core asked for, {@link StageRunner#ANY_CORE} for none
 * @param coresAllowed the mask as the kernel prints it, empty where it is not known
 * @param pinRefusal why a wished core was not granted; null when it was, or none was wished
 */
public record ThreadFacts(
        String name,
        List<String> stages,
        long threadId,
        long tid,
        int coreWished,
        String coresAllowed,
        @Nullable String pinRefusal) {}
