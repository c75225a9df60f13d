package io.melin.spring.boot.autoconfigure.gateway;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** A port is the switch of the gateway; an empty one, for instance of an argument, is none. */
public final class OnGatewayPort extends SpringBootCondition {

    /** Whether this node has a gateway. */
    public static boolean isSet(PropertyResolver properties) {
        return StringUtils.hasText(properties.getProperty(GatewaySetups.PORT));
    }

    @Override
    public ConditionOutcome getMatchOutcome(
            ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Melin gateway");
        return isSet(context.getEnvironment())
                ? ConditionOutcome.match(message.foundExactly(GatewaySetups.PORT))
                : ConditionOutcome.noMatch(message.because(GatewaySetups.PORT + " is not set"));
    }
}
