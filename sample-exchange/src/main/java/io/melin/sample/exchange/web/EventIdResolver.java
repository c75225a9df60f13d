package io.melin.sample.exchange.web;

import io.melin.app.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes the optional header {@code Idempotency-Key} the event's id. */
final class EventIdResolver implements HandlerMethodArgumentResolver {
    static final String HEADER = "Idempotency-Key";
    private static final int LENGTH_MAX = 255;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == EventId.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String key = request.getHeader(HEADER);
        if (key == null) {
            return EventId.none();
        }
        if (key.isBlank() || key.length() > LENGTH_MAX) {
            throw new InvalidFieldException(
                    HEADER, "expected=1 to 255 characters, found=" + key.length());
        }
        return EventId.of(key);
    }
}
