package io.melin.spring.boot.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The servers are the switch of the client; an empty list is none. */
public final class OnClientServers extends SpringBootCondition {
    private static final String SERVERS = "melin.client.servers";

    @Override
    public ConditionOutcome getMatchOutcome(
            ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Melin client");
        List<String> servers =
                Binder.get(context.getEnvironment())
                        .bind(SERVERS, Bindable.listOf(String.class))
                        .orElse(List.of());
        return servers.isEmpty()
                ? ConditionOutcome.noMatch(message.because(SERVERS + " is not set"))
                : ConditionOutcome.match(message.foundExactly(SERVERS));
    }
}
