package io.melin.pipeline;

import io.melin.app.Consistency;
import io.melin.app.Refusal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one place where requests are admitted and numbered. Threading: the ingress thread only.
 *
 * <p>What is refused has no sequence and is surely not applied; what is taken is answered through
 * the door that its connection names.
 */
public interface Admitter {

    /**
     * Takes one event.
     *
     * @param payload valid event bytes between position and limit; copied
     * @return null when taken; {@link Refusal#OVERLOADED} when there is no room right now
     */
    @Nullable Refusal submit(Request request, ByteBuffer payload);

    /**
     * Takes one query, to be asked after every event that was taken before.
     *
     * @return null when taken
     */
    @Nullable Refusal query(Request request, Consistency consistency);
}
