package io.melin.spring.boot.autoconfigure.endpoint;

import io.melin.node.MelinNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** What the node is doing. Reads memory only. */
@Endpoint(id = "melin", defaultAccess = Access.READ_ONLY)
public final class MelinEndpoint {
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
}
