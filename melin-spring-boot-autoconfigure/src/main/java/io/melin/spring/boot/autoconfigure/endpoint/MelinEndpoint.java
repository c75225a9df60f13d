package io.melin.spring.boot.autoconfigure.endpoint;

import io.melin.node.MelinNode;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * What the node is doing, read from memory only; and what an operator may ask of it, where access
 * to this endpoint is unrestricted.
 */
@Endpoint(id = "melin", defaultAccess = Access.READ_ONLY)
public final class MelinEndpoint {
    private static final String ROTATE = "rotate";
    private static final long WAIT_SECONDS = 10;

    private final MelinNode<?, ?> node;

    MelinEndpoint(MelinNode<?, ?> node) {
        this.node = node;
    }

    /** Everything. */
    @ReadOperation
    public Map<String, Object> node() {
        return NodeView.sections(node);
    }

    /**
     * One section by its name, for instance {@code cursors}; null, so not found, for another name.
     */
    @ReadOperation
    public @Nullable Map<String, Object> section(@Selector String section) {
        Object content = NodeView.sections(node).get(section);
        return content == null ? null : Map.of(section, content);
    }

    /**
     * {@code rotate}: makes an archive of the journal's live segment, and waits for it.
     *
     * @throws InvalidEndpointRequestException for another operation
     * @throws IllegalStateException if the node does not run, or it failed; the old segment goes on
     */
    @WriteOperation
    public Map<String, Object> operate(@Selector String operation) {
        if (!operation.equals(ROTATE)) {
            throw new InvalidEndpointRequestException(
                    "unknown operation: " + operation, "operation must be '" + ROTATE + "'");
        }
        try {
            return NodeView.rotation(node.rotate().get(WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("rotation takes long: seconds=" + WAIT_SECONDS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a rotation", e);
        }
    }
}
