package io.melin.sample.exchange.web;

import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every failure as a problem detail.
 *
 * <p>A 4xx or 503 was surely not applied. A 504 may have been: the same request with the same
 * {@code Idempotency-Key} gives the outcome.
 */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {
    private static final HttpStatusCode MISDIRECTED = HttpStatusCode.valueOf(421);
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidFieldException failure) {
        return answer(problem(HttpStatus.BAD_REQUEST, failure, "field", failure.field()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(UnreadableBodyException failure) {
        HttpStatus status =
                failure.isTooLarge() ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
        return answer(problem(status, failure, "field", "body"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknown(UnknownPathException failure) {
        return answer(problem(HttpStatus.NOT_FOUND, failure, "field", failure.field()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(MelinRefusedException failure) {
        String primary = failure.primary();
        HttpStatusCode status =
                switch (failure.refusal()) {
                    case OVERLOADED, POLICY_UNMET, DRAINING, NO_SPACE ->
                            HttpStatus.SERVICE_UNAVAILABLE;
                    case NOT_PRIMARY, FENCED ->
                            primary == null ? HttpStatus.SERVICE_UNAVAILABLE : MISDIRECTED;
                    case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
                    case MALFORMED -> HttpStatus.BAD_REQUEST;
                    case ID_CONFLICT -> HttpStatus.CONFLICT;
                };
        ProblemDetail problem = problem(status, failure, "refusal", failure.refusal().name());
        if (primary != null) {
            problem.setProperty("primary", primary);
        }
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknownOutcome(MelinUnknownOutcomeException failure) {
        return answer(problem(HttpStatus.GATEWAY_TIMEOUT, failure, "outcome", "unknown"));
    }

    /** A read that the gate held back for too long. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unanswered(TimeoutException failure) {
        return answer(problem(HttpStatus.SERVICE_UNAVAILABLE, failure, "outcome", "unanswered"));
    }

    private static ProblemDetail problem(
            HttpStatusCode status, Exception failure, String property, String value) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail(failure));
        problem.setProperty(property, value);
        return problem;
    }

    private static @Nullable String detail(Exception failure) {
        return failure.getMessage();
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
        if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.body(problem);
    }
}
