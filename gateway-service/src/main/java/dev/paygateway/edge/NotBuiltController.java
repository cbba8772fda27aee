package dev.paygateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The addresses of the API that nothing serves yet, whatever the method: who asks must not hear
 * that there is nothing of theirs.
 */
@RestController
final class NotBuiltController {
    @RequestMapping({"/v1/payments/{id}/reversals", "/v1/reversals"})
    void reverse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(
                request,
                response,
                "Reversals are not built yet; nothing was reversed. Void or refund the payment;"
                        + " one that began with on_unknown: reverse is undone after a silence.");
    }

    @RequestMapping({
        "/v1/payments/{id}/operations",
        "/v1/payments/{id}/ledger",
        "/v1/payments/{id}/adjustments",
        "/v1/payments/{id}/actions/{act}/complete",
        "/v1/refunds",
        "/v1/refunds/{id}",
        "/v1/refunds/{id}/{step:approve|reject|cancel}",
        "/v1/payment_methods/**",
        "/v1/webhook_endpoints/**",
        "/v1/events",
        "/v1/settlement_files/**",
        "/v1/reconciliations/**",
        "/v1/reports/**",
        "/v1/merchants/**",
        "/v1/api_keys/**",
        "/v1/users/**",
        "/v1/roles/**",
        "/v1/routing_rules/**",
        "/v1/risk_rules/**",
        "/v1/audit_log",
        "/v1/audit/**",
        "/v1/ops/**",
        "/v1/test/**"
    })
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(
                request,
                response,
                "This address is part of the API and not built yet; nothing was done.");
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        var problem = Problem.of(Code.NO_SUCH_FEATURE, detail);
        Answers.write(response, problem, EdgeFilter.requestId(request));
    }
}
