package io.melin.sample.exchange.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The doors of the contract that lead nowhere yet. Each says which it is. */
@RestController
@RequestMapping("/api")
final class ClosedDoorController {

    @DeleteMapping("/accounts/{account}/orders")
    void cancelAll() {
        throw closed("cancel-all");
    }

    @PostMapping("/end-of-day")
    void endDay() {
        throw closed("end-of-day");
    }

    @DeleteMapping("/instruments/{symbol}")
    void remove() {
        throw closed("remove-instrument");
    }

    @PostMapping({
        "/instruments/{symbol}/fees",
        "/instruments/{symbol}/limits",
        "/instruments/{symbol}/breaker",
        "/instruments/{symbol}/disable",
        "/instruments/{symbol}/enable"
    })
    void configure(HttpServletRequest request) {
        String path = request.getRequestURI();
        throw closed(path.substring(path.lastIndexOf('/') + 1));
    }

    private static InvalidFieldException closed(String feature) {
        return InvalidFieldException.notBuilt(feature, feature);
    }
}
