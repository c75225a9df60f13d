package io.melin.sample.exchange.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the request's {@link JsonBody}; reads no more than a body may have. */
final class JsonBodyResolver implements HandlerMethodArgumentResolver {
    static final int BODY_BYTES_MAX = 16 * 1024;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == JsonBody.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest servlet =
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        byte[] bytes =
                servlet.getContentLengthLong() > BODY_BYTES_MAX
                        ? new byte[BODY_BYTES_MAX + 1]
                        : servlet.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new UnreadableBodyException(
                    "the body is too large: bytesMax=" + BODY_BYTES_MAX, true);
        }
        return JsonBody.read(bytes);
    }
}
